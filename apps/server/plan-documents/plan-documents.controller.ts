import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdjustFundPlan, type AdjustmentSubmission } from '#libs/fund-plans/application/adjust-fund-plan.js';
import { IssueFundPlan, type FundPlanSubmission } from '#libs/fund-plans/application/issue-fund-plan.js';
import { PlanDocumentsQuery, type PlanDocument } from '#libs/read-models/fund-plans/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { toDomain } from '../dto/money-fields.js';
import { PlanAdjustmentBody, PlanDocumentBody, PlanDocumentsParameters } from '../dto/plan-documents.js';
import { pageFilterOf } from '../dto/queries.js';
import { IdempotencyHeader } from '../facts/fact-controller.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { documentIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

interface IssuedPlanDocument {
  id: string;
  revision: number;
  position: string | null;
}

/** Plan documents 投资计划: recorded once, then drawn on by the allocations that name their number. */
@ApiTags('投资计划')
@Controller('plan-documents')
export class PlanDocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: ReadBus,
  ) {}

  @Post()
  @Writes()
  @IdempotencyHeader()
  @Answers('issuePlanDocument', '登记投资计划；此后以该文号下达的资金占用其额度', 'IssuedPlanDocument', {
    status: 201,
    problems: WRITE_PROBLEMS,
  })
  async issue(
    @Body(validated(PlanDocumentBody)) body: PlanDocumentBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedPlanDocument> {
    const actor = actorOf(request.headers);
    const { effectiveDate, evidence = [], ...data } = body;
    // The body's class has been checked; its fields are those of the event.
    const submission = {
      data: toDomain(data),
      evidence: toDomain(evidence),
      effectiveDate,
      actor,
      commandId: commandIdOf(request.headers, actor),
    } as FundPlanSubmission;
    const { planId, revision, position, outcome } = await this.commands.execute(
      new IssueFundPlan(submission),
    );
    void reply.header('location', `/api/v1/trace/plan-documents/${planId}`);
    if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    if (position !== undefined) void reply.header('taizhang-position', position);
    return { id: planId, revision, position: position ?? null };
  }

  @Post(':documentId/adjustments')
  @Writes()
  @IdempotencyHeader()
  @ApiParam({ name: 'documentId', description: '投资计划标识', schema: { type: 'string', format: 'uuid' } })
  @Answers('adjustPlanDocument', '调整投资计划的总额和分解；不低于已占用的额度', 'IssuedPlanDocument', {
    status: 201,
    problems: [...WRITE_PROBLEMS, 404],
  })
  async adjust(
    @Param('documentId', documentIdParam) planId: string,
    @Body(validated(PlanAdjustmentBody)) body: PlanAdjustmentBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedPlanDocument> {
    const actor = actorOf(request.headers);
    const { effectiveDate, evidence = [], ...data } = body;
    const submission = {
      planId,
      data: toDomain(data),
      evidence: toDomain(evidence),
      effectiveDate,
      actor,
      commandId: commandIdOf(request.headers, actor),
    } as AdjustmentSubmission;
    const { revision, position, outcome } = await this.commands.execute(new AdjustFundPlan(submission));
    if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    if (position !== undefined) void reply.header('taizhang-position', position);
    return { id: planId, revision, position: position ?? null };
  }

  @Get()
  @Answers('listPlanDocuments', '投资计划及其余额', 'PlanDocumentPage')
  list(
    @Query(validated(PlanDocumentsParameters)) query: PlanDocumentsParameters,
  ): Promise<Page<PlanDocument>> {
    return this.queries.execute(new PlanDocumentsQuery(pageFilterOf(query)), query);
  }
}
