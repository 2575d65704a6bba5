import type { PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import type { Position, StoredEvent } from '#libs/event-store/port.js';
import { newId } from '#libs/kernel/ids.js';
import { assertOwnStore, checkpointOf, schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { messageOf } from './errors.js';
import { FOR_WHOLE_TABLES } from './finishing.js';
import { isOneMoment } from './one-moment.js';
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

export interface RefoldOptions {
  readonly signal: AbortSignal;
  /** Asked when all events were read: whether to compare the tables of that projection. */
  readonly wanted: (projection: string) => boolean;
  readonly onCompare: (projection: string, nth: number, of: number) => void;
}

/**
 * Builds the tables of projections anew from the events, in schemas that nobody reads, and compares them row by row with
 * what readers see. The events are gone through once for all of them, a batch at a time. The tables in force are read in
 * one snapshot and not held: they go on being written.
 *
 * @param events all of the store, from the first to the last that any of the tables in force has seen
 * @throws ForeignCheckpoint; what `events` and the database throw
 */
export async function refold(
  context: RunnerContext,
  projections: readonly Projection[],
  events: AsyncIterable<StoredEvent>,
  { signal, wanted, onCompare }: RefoldOptions,
): Promise<RefoldReport[]> {
  const storeId = await context.store.storeId();
  const folds: Fold[] = [];
  try {
    return await inTransaction(
      context.pool,
      async (snapshot) => {
        for (const projection of projections) {
          folds.push(await Fold.of(context, projection, snapshot, storeId));
        }
        for await (const batch of batchesOf(events, context.batchSize)) {
          signal.throwIfAborted();
          await Promise.all(folds.map((fold) => fold.apply(batch)));
        }
        const compared = folds.filter(({ projection }) => wanted(projection.name));
        const reports: RefoldReport[] = [];
        for (const [n, fold] of compared.entries()) {
          onCompare(fold.projection.name, n, compared.length);
          reports.push(await fold.compared(snapshot));
        }
        return reports;
      },
      'begin isolation level repeatable read read only',
    );
  } finally {
    for (const fold of folds) await fold.drop().catch(() => undefined);
  }
}

/** A batch is full with `size` events, and ends where no moment is parted. */
export async function* batchesOf(
  events: AsyncIterable<StoredEvent>,
  size: number,
): AsyncGenerator<readonly StoredEvent[]> {
  let batch: StoredEvent[] = [];
  for await (const event of events) {
    if (batch.length >= size && !isOneMoment(batch.at(-1)!, event)) {
      yield batch;
      batch = [];
    }
    const { id, type, stream, revision, position, data, metadata } = event;
    // Spelled out: a store may parse the JSON each time it is asked for, and every projection asks.
    batch.push({ id, type, stream, revision, position, data, metadata });
  }
  if (batch.length > 0) yield batch;
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

/** The tables of one projection, as the events make them. */
class Fold {
  private readonly schema = `refold_${newId().replaceAll('-', '')}`;
  private events = 0;
  private error: string | null = null;

  private constructor(
    private readonly context: RunnerContext,
    readonly projection: Projection,
    private readonly live: Checkpoint | undefined,
    private readonly parked: ReadonlySet<string>,
  ) {}

  /** @throws ForeignCheckpoint */
  static async of(
    context: RunnerContext,
    projection: Projection,
    snapshot: PoolClient,
    storeId: string,
  ): Promise<Fold> {
    const live = await checkpointOf(snapshot, projection.name, 'live');
    if (live) assertOwnStore(live, storeId);
    const fold = new Fold(context, projection, live, live ? await parkedEvents(snapshot, live) : new Set());
    if (live && live.version !== projection.version) {
      fold.error = `表为第 ${live.version} 版，本程序为第 ${projection.version} 版`;
    } else if (live) {
      await fold.within((client) => client.query(`create schema "${fold.schema}"; ${projection.tables}`));
    }
    return fold;
  }

  async apply(batch: readonly StoredEvent[]): Promise<void> {
    const { streamPrefixes } = this.projection;
    const to = this.live?.position ?? null;
    if (this.error !== null || to === null) return;
    const mine = batch.filter(
      ({ stream, position }) =>
        position <= to &&
        !this.parked.has(position) &&
        streamPrefixes.some((prefix) => stream.startsWith(prefix)),
    );
    if (mine.length === 0) return;
    await this.trying(() =>
      // What is derived is derived at the end, by other statements than those that kept the tables in force.
      this.within((client) => this.projection.apply(mine, client, this.projection.derivations !== undefined)),
    );
    this.events += mine.length;
  }

  async compared(snapshot: PoolClient): Promise<RefoldReport> {
    const { name, views, compared } = this.projection;
    const { live, schema } = this;
    const report = {
      projection: name,
      generation: live?.generation ?? 0,
      position: live?.position ?? null,
      tables: [],
    };
    if (live && this.error === null) await this.trying(() => this.within((client) => this.derive(client)));
    if (!live || this.error !== null) return { ...report, events: this.events, error: this.error };
    const inForce = { client: snapshot, schema: schemaOf(name, live.generation), views };
    const tables = await inTransaction(
      this.context.pool,
      (client) => compareTables(inForce, { client, schema }, compared),
      'begin read only',
    );
    return { ...report, events: this.events, tables, error: null };
  }

  private async derive(client: PoolClient): Promise<void> {
    await client.query(FOR_WHOLE_TABLES);
    for (const { derive } of this.projection.derivations ?? []) await derive(client);
  }

  async drop(): Promise<void> {
    await this.context.pool.query(`drop schema if exists "${this.schema}" cascade`);
  }

  private async trying(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.error = messageOf(error);
    }
  }

  private within(work: (client: PoolClient) => Promise<unknown>): Promise<unknown> {
    const opening = `begin; set local search_path to "${this.schema}"; set local synchronous_commit to off`;
    return inTransaction(this.context.pool, work, opening);
  }
}
