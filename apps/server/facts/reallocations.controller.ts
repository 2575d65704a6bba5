import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Reallocator } from '#libs/fund-plans/application/reallocator.js';
import type { ReallocationRequest } from '#libs/fund-plans/application/reallocation.js';
import { Answers, WRITE_PROBLEMS } from '../answers/answers.decorator.js';
import { ReallocationBody } from '../dto/funds.js';
import { toDomain } from '../dto/money-fields.js';
import { actorOf, Writes } from '../http/actor.js';
import { commandIdOf } from '../http/command-headers.js';
import { validated } from '../http/validation.js';
import { IdempotencyHeader } from './fact-controller.js';

interface ReallocationAnswer {
  reallocationId: string;
  outEventId: string;
  inEventId: string;
  position: string | null;
}

/** 资金调剂: both halves by one request. Reversing either of them by `/reversals` reverses both. */
@ApiTags('事实')
@Writes()
@Controller('reallocations')
export class ReallocationsController {
  constructor(private readonly reallocator: Reallocator) {}

  @Post()
  @IdempotencyHeader()
  @Answers('reallocateFunds', '项目间资金调剂:成对登记;中断后用同一幂等键重发即可完成', 'Reallocation', {
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
}
