import { Query } from '@nestjs/cqrs';
import type { Projection } from '#libs/projection/projection.js';

/** Asks read models, and says which: whoever puts it waits until those have seen enough, and for no others. */
export abstract class ReadModelQuery<R> extends Query<R> {
  /** Names of the projections whose tables the answer comes from. */
  readonly readsFrom: readonly string[];

  constructor(...projections: readonly [Projection, ...Projection[]]) {
    super();
    this.readsFrom = projections.map(({ name }) => name);
  }
}

/** Puts a query, in whatever way the caller waits for what it reads. */
export type Ask = <R>(query: ReadModelQuery<R>) => Promise<R>;
