import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { assertSameStore, isPosition, type EventStore } from '#libs/event-store/port.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import type { ReadModelQuery } from '#libs/read-models/read-model-query.js';
import { EVENT_STORE } from '#libs/runtime/tokens.js';
import type { ReadQuery } from '../dto/queries.js';
import { ProblemError } from './problem.js';

/** How long a read waits for its projections before the client is asked to come again. */
const PATIENCE_MS = 5_000;

/** The query bus of those who read over HTTP, and would see in the answer what they have just written. */
@Injectable()
export class ReadBus {
  constructor(
    private readonly queries: QueryBus,
    private readonly runner: ProjectionRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * Answers once the read models that the query reads have applied the position `waitFor`, if one was sent.
   * @throws ProblemError `position.malformed` (400) | `projection.behind` (503); ForeignPosition (400); and what the query does
   */
  async execute<R>(query: ReadModelQuery<R>, { waitFor }: ReadQuery): Promise<R> {
    if (waitFor !== undefined) await this.wait(waitFor, query.readsFrom);
    return this.queries.execute(query);
  }

  private async wait(position: string, names: readonly string[]): Promise<void> {
    if (!isPosition(position)) {
      throw new ProblemError('position.malformed', 'waitFor 应为写入答复中的 position');
    }
    assertSameStore(await this.store.storeId(), position);
    if (await this.runner.waitFor(position, { timeoutMs: PATIENCE_MS, names })) return;
    const projection = names.join('、');
    const detail = `查询数据（${projection}）在 ${PATIENCE_MS / 1000} 秒内未更新到所要的位置，请稍后重试`;
    throw new ProblemError('projection.behind', detail, { details: { projection }, retryAfterSeconds: 2 });
  }
}
