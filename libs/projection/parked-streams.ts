import type { Pool, PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Checkpoint } from './checkpoint.js';

/** With more broken streams than this something else is wrong, and the projection halts instead. */
const MAX_PARKED_STREAMS = 1_000;

/**
 * Streams of a generation that are set aside: from the event that could not be applied on, all their events are
 * noted in order and not applied, and whatever is built from them is known to be incomplete.
 */
export class ParkedStreams {
  private constructor(private readonly errors: Map<string, string | null>) {}

  static async load(pool: Pool, { projection, generation }: Checkpoint): Promise<ParkedStreams> {
    const { rows } = await pool.query<{ stream: string }>(
      'select distinct stream from runtime.parked_event where projection = $1 and generation = $2',
      [projection, generation],
    );
    return new ParkedStreams(new Map(rows.map(({ stream }) => [stream, null])));
  }

  get isEmpty(): boolean {
    return this.errors.size === 0;
  }

  has(stream: string): boolean {
    return this.errors.has(stream);
  }

  hasRoom(): boolean {
    return this.errors.size < MAX_PARKED_STREAMS;
  }

  add(stream: string, error: string): void {
    this.errors.set(stream, error);
  }

  /** Notes those of the events that belong to parked streams, in the transaction of their batch. */
  async store(client: PoolClient, checkpoint: Checkpoint, events: readonly StoredEvent[]): Promise<void> {
    const parked = events.filter(({ stream }) => this.has(stream));
    await client.query(
      `insert into runtime.parked_event
         (projection, generation, position, stream, revision, event_id, event_type, error)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::int[], $6::uuid[], $7::text[], $8::text[])`,
      [
        checkpoint.projection,
        checkpoint.generation,
        parked.map(({ position }) => position),
        parked.map(({ stream }) => stream),
        parked.map(({ revision }) => revision),
        parked.map(({ id }) => id),
        parked.map(({ type }) => type),
        parked.map(({ stream }) => this.reason(stream)),
      ],
    );
  }

  /** The error goes with the first event only; those behind it wait for it, and have none of their own. */
  private reason(stream: string): string | null {
    const error = this.errors.get(stream) ?? null;
    this.errors.set(stream, null);
    return error;
  }
}
