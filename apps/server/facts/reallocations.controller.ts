import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Reallocator } from '#libs/fund-plans/application/reallocator.js';
import type { ReallocationRequest } from '#libs/fund-plans/application/reallocation.js';
import type { Page } from '#libs/read-models/paging.js';
import { ReallocationsQuery, type Reallocation } from '#libs/read-models/reallocations/queries.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { ReallocationBody } from '../dto/funds.js';
import { ReallocationsParameters } from '../dto/plan-documents.js';
import { toDomain } from '../dto/money-fields.js';
import { pageFilterOf } from '../dto/queries.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';
import { IdempotencyHeader } from './fact-controller.js';

interface ReallocationAnswer {
  reallocationId: string;
  outEventId: string;
  inEventId: string;
  position: string | null;
}

/** 资金调剂: both halves by one request. Reversing either of them by `/reversals` reverses both. */
@ApiTags('事实')
@Controller('reallocations')
export class ReallocationsController {
  constructor(
    private readonly reallocator: Reallocator,
    private readonly queries: ReadBus,
  ) {}

  @Post()
  @Writes()
  @IdempotencyHeader()
  @Answers('reallocateFunds', '项目间资金调剂：成对登记；中断后用同一幂等键重发即可完成', 'Reallocation', {
    status: 201,
    problems: WRITE_PROBLEMS,
  })
  async reallocate(
    @Body(validated(ReallocationBody)) body: ReallocationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReallocationAnswer> {
    const actor = actorOf(request.headers);
    const { effectiveDate, evidence = [], fromProjectId, toProjectId, ...data } = body;
    const {
      reallocationId,
      outcome,
      out,
      in: taken,
      position,
    } = await this.reallocator.reallocate({
      ...{ fromProjectId, toProjectId, effectiveDate, actor },
      // The body's class has been checked; its fields are those of the events.
      data: toDomain(data) as ReallocationRequest['data'],
      evidence: toDomain(evidence) as ReallocationRequest['evidence'],
      commandId: commandIdOf(request.headers, actor),
    });
    if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    if (position !== undefined) void reply.header('taizhang-position', position);
    return {
      reallocationId,
      outEventId: out.events[0]!.id,
      inEventId: taken.events[0]!.id,
      position: position ?? null,
    };
  }

  @Get()
  @Answers('listReallocations', '资金调剂，成对列出；state=half 是只有一半、尚待补齐的', 'ReallocationPage')
  list(
    @Query(validated(ReallocationsParameters)) query: ReallocationsParameters,
  ): Promise<Page<Reallocation>> {
    return this.queries.execute(new ReallocationsQuery(pageFilterOf(query)), query);
  }
}
