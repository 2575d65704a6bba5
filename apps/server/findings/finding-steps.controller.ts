import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HandleFinding } from '#libs/findings/application/handle-finding.js';
import type { HandlingStep } from '#libs/findings/domain/handling.js';
import { findingId, type FindingKey } from '#libs/findings/domain/handling-events.js';
import type { Evidence } from '#libs/projects/domain/envelope.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import {
  ClosureBody,
  ExplanationBody,
  RectificationBody,
  WaiverBody,
  type FindingStepBody,
} from '../dto/findings.js';
import { toDomain } from '../dto/money-fields.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { validated } from '../http/validation.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { FindingIdParam, findingKeyParam } from './finding-id.js';

interface HandlingAnswer {
  findingId: string;
  eventId: string;
  position: string;
}

const OPTIONS = { status: 201, problems: [...WRITE_PROBLEMS, 404] };

/** What people do about a finding: explain it, waive it, put it right, and take it off the list 销号. */
@ApiTags('疑点')
@Writes()
@Controller('findings/:findingId')
export class FindingStepsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('explanations')
  @IdempotencyHeader()
  @FindingIdParam()
  @Answers('explainFinding', '说明疑点', 'HandlingRecorded', OPTIONS)
  explain(
    @Param('findingId', findingKeyParam) finding: FindingKey,
    @Body(validated(ExplanationBody)) body: ExplanationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandlingAnswer> {
    return this.record(finding, 'explained', body, request, reply);
  }

  @Post('waivers')
  @IdempotencyHeader()
  @FindingIdParam()
  @Answers('waiveFinding', '豁免疑点：注明理由和批准机关', 'HandlingRecorded', OPTIONS)
  waive(
    @Param('findingId', findingKeyParam) finding: FindingKey,
    @Body(validated(WaiverBody)) body: WaiverBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandlingAnswer> {
    return this.record(finding, 'waived', body, request, reply);
  }

  @Post('rectifications')
  @IdempotencyHeader()
  @FindingIdParam()
  @Answers('rectifyFinding', '登记整改', 'HandlingRecorded', OPTIONS)
  rectify(
    @Param('findingId', findingKeyParam) finding: FindingKey,
    @Body(validated(RectificationBody)) body: RectificationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandlingAnswer> {
    return this.record(finding, 'rectified', body, request, reply);
  }

  @Post('closures')
  @IdempotencyHeader()
  @FindingIdParam()
  @Answers('closeFinding', '销号：由登记整改以外的另一人核实', 'HandlingRecorded', OPTIONS)
  close(
    @Param('findingId', findingKeyParam) finding: FindingKey,
    @Body(validated(ClosureBody)) body: ClosureBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandlingAnswer> {
    return this.record(finding, 'closed', body, request, reply);
  }

  private async record(
    finding: FindingKey,
    kind: HandlingStep['kind'],
    body: FindingStepBody,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<HandlingAnswer> {
    const { effectiveDate, basis, evidence = [], ...said } = body;
    const actor = actorOf(request.headers);
    // The body's class has been checked; its own fields are those of the step.
    const step = { kind, basis, said: toDomain(said) } as HandlingStep;
    const commandId = commandIdOf(request.headers, actor);
    const given = toDomain(evidence) as Evidence[];
    const recorded = await this.commands.execute(
      new HandleFinding({ finding, step, effectiveDate, actor, commandId, evidence: given }),
    );
    if (recorded.outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    void reply.header('taizhang-position', recorded.position);
    return { findingId: findingId(finding), eventId: recorded.eventId, position: recorded.position };
  }
}
