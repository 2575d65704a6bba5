import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import type { Position, StoredEvent } from '#libs/event-store/port.js';
import type { Batch } from './batcher.js';
import { schemaOf, type Checkpoint } from './checkpoint.js';
import { Fenced, Halted, messageOf } from './errors.js';
import { awaitsDerived } from './finishing.js';
import { ParkedStreams } from './parked-streams.js';
import type { Projection } from './projection.js';
import { CHANNEL, payloadOf } from './signals.js';
import { isProgramError, isTransient } from './transient.js';

/**
 * Writes batches into one generation, each in one transaction with its checkpoint, and so exactly once: whatever
 * breaks in between, either both are there or neither.
 */
export class GenerationWriter {
  private at: Position | null;
  private deliveredSoFar: number;
  private leaving: boolean;

  private constructor(
    private readonly pool: Pool,
    private readonly projection: Projection,
    private readonly checkpoint: Checkpoint,
    private readonly parked: ParkedStreams,
    private readonly idleLimitMs: number,
  ) {
    this.at = checkpoint.position;
    this.deliveredSoFar = checkpoint.delivered;
    this.leaving = awaitsDerived(projection, checkpoint);
  }

  /** @param idleLimitMs after which the database ends a transaction whose process stands still, freeing its locks */
  static async open(
    pool: Pool,
    projection: Projection,
    checkpoint: Checkpoint,
    idleLimitMs: number,
  ): Promise<GenerationWriter> {
    const parked = await ParkedStreams.load(pool, checkpoint);
    return new GenerationWriter(pool, projection, checkpoint, parked, idleLimitMs);
  }

  get position(): Position | null {
    return this.at;
  }

  get delivered(): number {
    return this.deliveredSoFar;
  }

  /** Whether what can be derived is left out. */
  get leavesDerived(): boolean {
    return this.leaving;
  }

  /** From now on every batch keeps all tables: `finishTables` has filled those that were left out. */
  finished(): void {
    this.leaving = false;
  }

  /**
   * Applies the batch. An event that cannot be applied is found by halving; what stands before it is committed.
   * @throws Fenced, Halted, or an error that may pass (`isTransient`)
   */
  async write({ events, to }: Batch): Promise<void> {
    try {
      await this.commit(events, to);
    } catch (error) {
      if (error instanceof Fenced || isTransient(error) || events.length === 0) throw error;
      const [first] = events;
      if (events.length === 1 && first) {
        await this.poisoned(first, to, error);
      } else {
        const half = events.slice(0, events.length >> 1);
        await this.write({ events: half, to: half.at(-1)!.position });
        await this.write({ events: events.slice(half.length), to });
      }
    }
  }

  private async poisoned(event: StoredEvent, to: Position, error: unknown): Promise<void> {
    const park = this.projection.onPoison === 'park' && !isProgramError(error) && this.parked.hasRoom();
    if (!park) throw await this.halt(event, error);
    this.parked.add(event.stream, messageOf(error));
    await this.commit([event], to);
  }

  /** One transaction. The checkpoint comes first: it is the lock that keeps any other worker of the generation out. */
  private async commit(events: readonly StoredEvent[], to: Position): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await this.moveCheckpoint(client, to, events.length);
        const free = this.parked.isEmpty ? events : events.filter(({ stream }) => !this.parked.has(stream));
        if (free.length < events.length) await this.parked.store(client, this.checkpoint, events);
        const applied = free.length > 0 ? await this.projection.apply(free, client, this.leaving) : 0;
        await this.finish(client, to, applied);
      },
      this.opening(),
    );
    this.at = to;
    this.deliveredSoFar += events.length;
  }

  /**
   * Commits need not wait for the disk here: after a power cut the tables and the checkpoint are both as they were a
   * moment before, and the events since are applied again.
   */
  private opening(): string {
    const schema = schemaOf(this.projection.name, this.checkpoint.generation);
    return `begin; set local search_path to "${schema}"; set local synchronous_commit to off;
      set local idle_in_transaction_session_timeout to ${this.idleLimitMs}`;
  }

  private async moveCheckpoint(client: PoolClient, to: Position, delivered: number): Promise<void> {
    const { projection, generation, epoch, storeId, state } = this.checkpoint;
    const { rowCount } = await client.query(
      `update runtime.projection_checkpoint
       set position = $7, delivered = delivered + $8, updated_at = clock_timestamp(),
           halted_at = null, halt_event = null, halt_error = null
       where projection = $1 and generation = $2 and epoch = $3 and store_id = $4 and state = $5
         and position is not distinct from $6`,
      [projection, generation, epoch, storeId, state, this.at, to, delivered],
    );
    if (rowCount !== 1) throw new Fenced(projection, generation);
  }

  private async finish(client: PoolClient, to: Position, applied: number): Promise<void> {
    const { projection, generation } = this.checkpoint;
    await client.query(
      `with counted as (
         update runtime.projection_checkpoint set applied = applied + $3
         where projection = $1 and generation = $2 returning state)
       select pg_notify($4, $5) from counted where state = 'live'`,
      [
        projection,
        generation,
        applied,
        CHANNEL,
        payloadOf({ kind: 'progress', name: projection, position: to }),
      ],
    );
  }

  private async halt(event: StoredEvent, cause: unknown): Promise<Halted> {
    const { projection, generation, epoch } = this.checkpoint;
    const { id, type, stream, revision, position } = event;
    await this.pool.query(
      `with halted as (
         update runtime.projection_checkpoint
         set halted_at = clock_timestamp(), halt_event = $4, halt_error = $5
         where projection = $1 and generation = $2 and epoch = $3 returning projection)
       select pg_notify($6, $7) from halted`,
      [
        projection,
        generation,
        epoch,
        { id, type, stream, revision, position },
        messageOf(cause),
        CHANNEL,
        payloadOf({ kind: 'halted', name: projection }),
      ],
    );
    return new Halted(projection, event, cause);
  }
}
