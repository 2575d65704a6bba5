import type { Pool } from 'pg';
import { CHECKPOINT_COLUMNS, type Checkpoint } from './checkpoint.js';
import { CHANNEL, payloadOf, type Signals } from './signals.js';

/** The right to work on one generation of one projection. */
export interface Lease {
  /** The checkpoint as it stood when the lease was taken, with the lease's epoch on it. */
  readonly checkpoint: Checkpoint;
  /** Given when the lease was lost: another process may be working by now. */
  readonly lost: AbortSignal;
  /** Lets another process go on at once. */
  release(): Promise<void>;
}

interface Held {
  readonly checkpoint: Checkpoint;
  readonly loss: AbortController;
}

/**
 * Leases on the database's clock. A lease is free when it has expired, or as soon as its holder's connection is gone.
 * Taking it raises the epoch, also on the checkpoint row: whatever an earlier holder still has in hand, having been
 * paused or cut off, cannot be committed.
 */
export class Leases {
  private readonly held = new Set<Held>();
  private timer: NodeJS.Timeout | undefined;
  private renewedAt = performance.now();

  constructor(
    private readonly pool: Pool,
    private readonly signals: Signals,
    private readonly owner: string,
    readonly leaseMs: number,
  ) {}

  /** Takes the lease, or returns undefined while another process holds it. */
  async acquire(projection: string, generation: number): Promise<Lease | undefined> {
    const { rows } = await this.pool.query<Checkpoint>(ACQUIRE, [
      projection,
      generation,
      this.owner,
      this.leaseMs,
      this.signals.backend?.pid ?? null,
      this.signals.backend?.start ?? null,
    ]);
    const [checkpoint] = rows;
    if (!checkpoint) return undefined;
    const held: Held = { checkpoint, loss: new AbortController() };
    this.held.add(held);
    this.keepRenewing();
    return { checkpoint, lost: held.loss.signal, release: () => this.release(held) };
  }

  private async release(held: Held): Promise<void> {
    this.drop(held);
    const { projection, generation, epoch } = held.checkpoint;
    await this.pool.query(
      `with released as (
         update runtime.projection_lease set expires_at = '-infinity'
         where projection = $1 and generation = $2 and owner = $3 and epoch = $4 returning projection)
       select pg_notify($5, $6) from released`,
      [projection, generation, this.owner, epoch, CHANNEL, payloadOf({ kind: 'released', name: projection })],
    );
  }

  private keepRenewing(): void {
    if (this.timer) return;
    this.renewedAt = performance.now();
    this.timer = setInterval(() => void this.renew(), this.leaseMs / 3);
  }

  private async renew(): Promise<void> {
    const before = [...this.held];
    const askedAt = performance.now();
    const still = await this.pool
      .query<{ lease: string }>(RENEW, [
        this.owner,
        this.leaseMs,
        this.signals.backend?.pid ?? null,
        this.signals.backend?.start ?? null,
      ])
      .catch(() => undefined);
    if (still) this.renewedAt = askedAt;
    else if (askedAt - this.renewedAt < this.leaseMs) return;
    const kept = new Set(still?.rows.map(({ lease }) => lease));
    for (const held of before) {
      const { projection, generation, epoch } = held.checkpoint;
      if (!kept.has(`${projection} ${generation} ${epoch}`)) this.drop(held);
    }
  }

  private drop(held: Held): void {
    this.held.delete(held);
    held.loss.abort();
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** Puts the epoch on the checkpoint row too, waiting for a batch in flight: from then on only its holder writes. */
const ACQUIRE = `
  with taken as (
    insert into runtime.projection_lease as lease
      (projection, generation, owner, epoch, expires_at, backend_pid, backend_start)
    values ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 ms', $5, $6)
    on conflict (projection, generation) do update
    set owner = excluded.owner, epoch = lease.epoch + 1, expires_at = excluded.expires_at,
        backend_pid = excluded.backend_pid, backend_start = excluded.backend_start
    where lease.owner = excluded.owner
       or not runtime.lease_held(lease.projection, lease.generation)
    returning epoch)
  update runtime.projection_checkpoint set epoch = (select epoch from taken)
  where projection = $1 and generation = $2 and exists (select from taken)
  returning ${CHECKPOINT_COLUMNS}`;

const RENEW = `
  update runtime.projection_lease
  set expires_at = clock_timestamp() + $2 * interval '1 ms', backend_pid = $3, backend_start = $4
  where owner = $1 and expires_at > '-infinity'
  returning projection || ' ' || generation || ' ' || epoch as lease`;
