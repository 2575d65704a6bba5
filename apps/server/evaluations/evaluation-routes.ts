import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EvaluationQuery, type EvaluationView } from '#libs/read-models/evaluations/queries.js';
import { READ_PROBLEMS } from '../answers/answers.decorator.js';
import type { ReadQuery } from '../dto/queries.js';
import { ProblemError } from '../http/problem.js';
import type { ReadBus } from '../http/read-bus.js';

/** Of routes that name one sealed evaluation. */
export const IdParam = (): MethodDecorator =>
  ApiParam({ name: 'evaluationId', description: '评估标识', schema: { type: 'string', format: 'uuid' } });
export const ONE_PROBLEMS = [...READ_PROBLEMS, 404];

/** @throws ProblemError `evaluation.notFound` */
export async function findEvaluation(
  queries: ReadBus,
  id: string,
  query: ReadQuery,
): Promise<EvaluationView> {
  const found = await queries.execute(new EvaluationQuery({ id }), query);
  if (found) return found;
  throw new ProblemError('evaluation.notFound', `没有标识为 ${id} 的年度评估`, {
    details: { evaluationId: id },
  });
}

/** 201 for what is recorded now or was before, 200 where nothing changed. */
export function answered(
  reply: FastifyReply,
  { outcome, position }: { outcome: 'recorded' | 'repeated' | 'unchanged'; position: string | undefined },
): void {
  void reply.status(outcome === 'unchanged' ? 200 : 201);
  if (outcome === 'repeated') void reply.header('idempotent-replay', 'true');
  if (position !== undefined) void reply.header('taizhang-position', position);
}
