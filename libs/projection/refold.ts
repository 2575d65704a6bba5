import type { PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import type { Position, StoredEvent } from '#libs/event-store/port.js';
import { newId } from '#libs/kernel/ids.js';
import { assertOwnStore, checkpointOf, schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { messageOf } from './errors.js';
import type { Projection } from './projection.js';
import { compareTables, type TableComparison } from './table-digests.js';

/** What a fresh fold of the events says of the tables in force. */
export interface RefoldReport {
  readonly projection: string;
  readonly generation: number;
  /** Both were compared as they stood here; null where nothing was applied yet. */
  readonly position: Position | null;
  readonly events: number;
  readonly tables: readonly TableComparison[];
  /** Why the events could not be folded anew; null where they could. */
  readonly error: string | null;
}

/**
 * Builds a projection's tables anew from the events, in a schema that nobody reads, and compares them row by row with
 * what readers see. The tables in force are read in one snapshot and not held: they go on being written.
 *
 * @throws ForeignCheckpoint; what store and database throw
 */
export async function refold(
  context: RunnerContext,
  projection: Projection,
  signal: AbortSignal,
  onProgress: (events: number, of: number) => void = () => undefined,
): Promise<RefoldReport> {
  const scratch = `refold_${newId().replaceAll('-', '')}`;
  const storeId = await context.store.storeId();
  try {
    return await inTransaction(
      context.pool,
      async (snapshot) => {
        const live = await checkpointOf(snapshot, projection.name, 'live');
        const nothing = { projection: projection.name, generation: 0, position: null, events: 0, tables: [] };
        if (!live) return { ...nothing, error: null };
        assertOwnStore(live, storeId);
        if (live.version !== projection.version) {
          return { ...nothing, error: `表为第 ${live.version} 版,本程序为第 ${projection.version} 版` };
        }
        const parked = await parkedEvents(snapshot, live);
        const report = { ...nothing, generation: live.generation, position: live.position };
        const fold = new Fold(context, projection, scratch, parked);
        try {
          await fold.build(live.position, signal, (events) => onProgress(events, live.delivered));
        } catch (error) {
          if (signal.aborted) throw error;
          return { ...report, events: fold.events, error: messageOf(error) };
        }
        const tables = await inTransaction(
          context.pool,
          (client) =>
            compareTables(
              {
                client: snapshot,
                schema: schemaOf(projection.name, live.generation),
                views: projection.views,
              },
              { client, schema: scratch },
            ),
          'begin read only',
        );
        return { ...report, events: fold.events, tables, error: null };
      },
      'begin isolation level repeatable read read only',
    );
  } finally {
    await context.pool.query(`drop schema if exists "${scratch}" cascade`).catch(() => undefined);
  }
}

/** Events that the generation set aside: a fresh fold leaves them out too. */
async function parkedEvents(
  client: PoolClient,
  { projection, generation }: Checkpoint,
): Promise<Set<string>> {
  const { rows } = await client.query<{ position: string }>(
    'select position from runtime.parked_event where projection = $1 and generation = $2',
    [projection, generation],
  );
  return new Set(rows.map(({ position }) => position));
}

class Fold {
  events = 0;

  constructor(
    private readonly context: RunnerContext,
    private readonly projection: Projection,
    private readonly schema: string,
    private readonly parked: ReadonlySet<string>,
  ) {}

  async build(to: Position | null, signal: AbortSignal, onProgress: (events: number) => void): Promise<void> {
    const { tables, streamPrefixes } = this.projection;
    await this.within((client) => client.query(`create schema "${this.schema}"; ${tables}`));
    if (to === null) return;
    const ending = new AbortController();
    const feed = this.context.store.feed({
      streamPrefixes,
      signal: AbortSignal.any([signal, ending.signal]),
    });
    let batch: StoredEvent[] = [];
    try {
      for await (const item of feed) {
        if (item.kind === 'caughtUp' || (item.kind === 'event' && item.event.position > to)) break;
        if (item.kind === 'event' && !this.parked.has(item.event.position)) batch.push(item.event);
        if (batch.length < this.context.batchSize) continue;
        await this.apply(batch);
        onProgress(this.events);
        batch = [];
      }
      signal.throwIfAborted();
      await this.apply(batch);
    } finally {
      ending.abort();
    }
  }

  private async apply(batch: readonly StoredEvent[]): Promise<void> {
    if (batch.length === 0) return;
    await this.within((client) => this.projection.apply(batch, client));
    this.events += batch.length;
  }

  private within(work: (client: PoolClient) => Promise<unknown>): Promise<unknown> {
    const opening = `begin; set local search_path to "${this.schema}"; set local synchronous_commit to off`;
    return inTransaction(this.context.pool, work, opening);
  }
}
