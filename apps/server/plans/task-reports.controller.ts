import { Body, Controller, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chinaDay } from '#libs/kernel/partial-date.js';
import type { PlanRecorded } from '#libs/plans/application/plan-submission.js';
import { RecordPlan } from '#libs/plans/application/record-plan.js';
import type { Evidence } from '#libs/projects/domain/envelope.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { toDomain } from '../dto/money-fields.js';
import { TaskReportBody } from '../dto/plans.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { planIdParam, taskIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';

type Answer = Omit<PlanRecorded, 'position'> & { position: string | null };

/** What a unit says of its task 任务分解: for the whole region, or for the county that the unit is of. */
@ApiTags('方案与指标')
@Writes()
@Controller('plans/:planId/tasks/:taskId/reports')
export class TaskReportsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @IdempotencyHeader()
  @ApiParam({ name: 'planId', description: '方案编号：地区-起年-止年', example: '513400-2023-2025' })
  @ApiParam({ name: 'taskId', description: '任务标识', schema: { type: 'string', format: 'uuid' } })
  @Answers('reportTask', '报告任务进展', 'PlanRecorded', { status: 201, problems: [...WRITE_PROBLEMS, 404] })
  async report(
    @Param('planId', planIdParam) planId: string,
    @Param('taskId', taskIdParam) taskId: string,
    @Body(validated(TaskReportBody)) body: TaskReportBody,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const actor = actorOf(headers);
    const { state, note, region = actor.region, effectiveDate = chinaDay(new Date()), evidence = [] } = body;
    const { position, ...rest } = await this.commands.execute(
      new RecordPlan({
        planId,
        commands: [{ type: 'ReportTask', data: { taskId, region, state, note } }],
        effectiveDate,
        actor,
        commandId: commandIdOf(headers, actor),
        evidence: toDomain(evidence) as Evidence[],
      }),
    );
    if (position !== undefined) void reply.header('taizhang-position', position);
    void reply.status(rest.outcome === 'recorded' ? HttpStatus.CREATED : HttpStatus.OK);
    return { ...rest, position: position ?? null };
  }
}
