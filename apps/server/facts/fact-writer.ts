import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RevisionConflict } from '#libs/event-store/errors.js';
import { CommandGateway, type FactRequest } from '#libs/projects/application/command-gateway.js';
import type { Recorded } from '#libs/projects/application/submission.js';
import type { ProjectCommandType } from '#libs/projects/domain/commands.js';
import type { FactBody } from '../dto/common.js';
import { actorOf } from '../http/actor.js';
import { commandIdOf, ifMatchOf } from '../http/command-headers.js';
import { answerFor, ProblemError } from '../http/problem.js';
import { Metrics } from '../operations/metrics.js';
import { toDomain } from '../dto/money-fields.js';

/** What a client is told of its write. */
export type WriteAnswer = Pick<Recorded, 'projectId' | 'revision' | 'events'> & { position: string | null };

/** Which command a body becomes. Without `commandId` it comes from the request's `Idempotency-Key`. */
export interface WriteTarget {
  command: ProjectCommandType;
  projectId: string;
  commandId?: string;
}

/** From a checked body and the request's headers to the gateway, and from what happened to status and headers. */
@Injectable()
export class FactWriter {
  constructor(
    private readonly gateway: CommandGateway,
    private readonly metrics: Metrics,
  ) {}

  /**
   * 201 for what is recorded now or was before (then `Idempotent-Replay: true`), 200 where the fact changed nothing.
   * @throws ProblemError, Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown
   */
  async write(
    target: WriteTarget,
    body: FactBody,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<WriteAnswer> {
    const { outcome, position, projectId, revision, events } = await this.recorded(target, body, request);
    void reply.status(outcome === 'unchanged' ? 200 : 201);
    if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
    if (position !== undefined) void reply.header('taizhang-position', position);
    return { projectId, revision, position: position ?? null, events };
  }

  /**
   * 200 with what would be recorded; a refusal is the same as that of `write`.
   * @throws ProblemError, Refusal, RevisionConflict, StoreUnavailable
   */
  async rehearse(
    target: WriteTarget,
    body: FactBody,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<WriteAnswer> {
    const ifMatch = ifMatchOf(request.headers);
    const { events, revision } = await this.gateway.rehearse(
      factFrom(target, body, ifMatch, request.headers),
    );
    void reply.status(200);
    const named = events.map(({ id, type }) => ({ id, type }));
    return { projectId: target.projectId, revision, position: null, events: named };
  }

  private async recorded(target: WriteTarget, body: FactBody, request: FastifyRequest): Promise<Recorded> {
    const ifMatch = ifMatchOf(request.headers);
    const fact = factFrom(target, body, ifMatch, request.headers);
    const count = (outcome: string): void => this.metrics.commands.inc({ command: target.command, outcome });
    try {
      const recorded = await this.gateway.submit(fact);
      count(recorded.outcome);
      return recorded;
    } catch (error) {
      count(answerFor(error)?.problem.code ?? 'unexpected');
      throw ifMatch === undefined ? error : asPrecondition(error, ifMatch);
    }
  }
}

function factFrom(
  { command, projectId, commandId }: WriteTarget,
  body: FactBody,
  ifMatch: number | undefined,
  headers: FastifyRequest['headers'],
): FactRequest {
  const { effectiveDate, evidence, expectedRevision, ...data } = body;
  if (ifMatch !== undefined && expectedRevision !== undefined && ifMatch !== expectedRevision) {
    throw new ProblemError('request.ifMatch', 'If-Match 与 expectedRevision 不一致，请只写其一');
  }
  const actor = actorOf(headers);
  const expected = ifMatch ?? expectedRevision;
  // The body's class has been checked; its fields are those of the command in the same row of the fact table.
  return {
    type: command,
    data: toDomain(data),
    projectId,
    effectiveDate,
    actor,
    commandId: commandId ?? commandIdOf(headers, actor),
    evidence: toDomain(evidence ?? []),
    ...(expected !== undefined && { expectedRevision: expected }),
  } as FactRequest;
}

/** HTTP tells the two apart: a condition stated in a header fails with 412, one stated in the body with 409. */
function asPrecondition(error: unknown, ifMatch: number): unknown {
  if (!(error instanceof RevisionConflict)) return error;
  const actual = error.actual ?? -1;
  const detail = `If-Match 为版本 ${ifMatch}，项目现为版本 ${actual}，本次未写入`;
  return new ProblemError('request.preconditionFailed', detail, { details: { expected: ifMatch, actual } });
}
