import {
  applyDecorators,
  Inject,
  Injectable,
  mixin,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { assertSameStore, isPosition, type EventStore } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { EVENT_STORE } from '#libs/runtime/tokens.js';
import { ProblemError } from './problem.js';

/** How long a read waits for its projection before the client is asked to come again. */
const PATIENCE_MS = 5_000;

/**
 * `?waitFor=<position>`: the read is answered once the projections have applied that position, so that a writer reads
 * its own write. @throws ProblemError `position.malformed` (400) | `projection.behind` (503); ForeignPosition (400)
 */
export function WaitsFor(...projections: Pick<Projection, 'name'>[]): MethodDecorator {
  const names = projections.map(({ name }) => name);

  @Injectable()
  class WaitInterceptor implements NestInterceptor {
    constructor(
      private readonly runner: ProjectionRunner,
      @Inject(EVENT_STORE) private readonly store: EventStore,
    ) {}

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const { waitFor } = context
        .switchToHttp()
        .getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>().query;
      if (waitFor !== undefined) await this.wait(waitFor);
      return next.handle();
    }

    private async wait(position: unknown): Promise<void> {
      if (typeof position !== 'string' || !isPosition(position)) {
        throw new ProblemError('position.malformed', 'waitFor 应为写入答复中的 position');
      }
      assertSameStore(await this.store.storeId(), position);
      if (await this.runner.waitFor(position, { timeoutMs: PATIENCE_MS, names })) return;
      const detail = `查询数据（${names.join('、')}）在 ${PATIENCE_MS / 1000} 秒内未更新到所要的位置，请稍后重试`;
      throw new ProblemError('projection.behind', detail, {
        details: { projection: names.join('、') },
        retryAfterSeconds: 2,
      });
    }
  }
  return applyDecorators(UseInterceptors(mixin(WaitInterceptor)));
}
