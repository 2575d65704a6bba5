import { inTransaction } from '#libs/database/transaction.js';
import type { Position } from '#libs/event-store/port.js';
import { checkpointOf, schemaOf, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced, RebuildRunning } from './errors.js';
import { finishTables } from './finishing.js';
import { follow, type Target } from './follow.js';
import { ensureBuilding, ensureLive, putInForce } from './generations.js';
import { GenerationWriter } from './generation-writer.js';
import type { Lease } from './leases.js';
import type { Projection } from './projection.js';
import { StepsAlong } from './steps-along.js';
import { switching } from './switching.js';

export interface RebuildProgress {
  /** Events read so far. */
  readonly events: number;
  /** Events the generation in force had read when last looked at; 0 where it cannot be compared. */
  readonly of: number;
}

export interface RebuildReport {
  readonly projection: string;
  readonly generation: number;
  readonly version: number;
  readonly events: number;
  readonly seconds: number;
  /** Where both generations stood when their totals were taken; null where the old one was of another store or history. */
  readonly comparedAt: Position | null;
  /** The old generation's totals; null where its tables are of another version and do not answer. */
  readonly before: Readonly<Record<string, string>> | null;
  readonly after: Readonly<Record<string, string>>;
  /** Names of the totals that are not equal. Empty is what a rebuild of unchanged code should yield. */
  readonly differences: readonly string[];
}

/** Rounds of catching up with a generation that moves on, before it is held for the last one. */
const MAX_ROUNDS = 10;

/**
 * Builds the next generation beside the one in force, which goes on being read and written. At the end the old one is
 * held for a moment at its position, the new one brought to exactly there, totals are compared and the views switched,
 * in one transaction.
 *
 * @throws RebuildRunning; Fenced where another process took the work over; Halted at an event that cannot be applied
 */
export async function rebuild(
  context: RunnerContext,
  projection: Projection,
  signal: AbortSignal,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
): Promise<RebuildReport> {
  const storeId = await context.store.storeId();
  await ensureLive(context.pool, [projection], storeId);
  const building = await ensureBuilding(context.pool, projection, storeId);
  const lease = await context.leases.acquire(projection.name, building.generation);
  if (!lease) throw new RebuildRunning(projection.name);
  try {
    return await new Rebuild(context, projection, lease, signal, onProgress).run();
  } finally {
    await lease.release().catch(() => undefined);
  }
}

class Rebuild {
  private readonly startedAt = performance.now();
  private readonly signal: AbortSignal;
  private readonly next: Checkpoint;
  private readonly along: StepsAlong;

  constructor(
    private readonly context: RunnerContext,
    private readonly projection: Projection,
    lease: Lease,
    signal: AbortSignal,
    private readonly onProgress: (progress: RebuildProgress) => void,
  ) {
    this.signal = AbortSignal.any([signal, lease.lost]);
    this.next = lease.checkpoint;
    this.along = new StepsAlong(context, projection, this.next);
  }

  async run(): Promise<RebuildReport> {
    try {
      return await this.build();
    } finally {
      await this.along.ended();
    }
  }

  private async build(): Promise<RebuildReport> {
    const { pool, leases } = this.context;
    const writer = await GenerationWriter.open(pool, this.projection, this.next, leases.leaseMs);
    const startedFrom = writer.delivered;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = writer.delivered;
      await this.catchUpWith(await this.live(), writer);
      if (round === 0) await finishTables(this.context, this.projection, this.next, this.along.ended());
      writer.finished();
      if (writer.delivered - before < this.context.batchSize) break;
    }
    return switching(() => this.switchOver(writer, startedFrom), this.signal);
  }

  private async live(): Promise<Checkpoint> {
    return (await checkpointOf(this.context.pool, this.projection.name, 'live'))!;
  }

  private async catchUpWith(live: Checkpoint, writer: GenerationWriter): Promise<void> {
    const until = await this.targetIn(live);
    if (live.storeId === this.next.storeId && live.position === null) return;
    const of = until?.delivered ?? 0;
    await follow(this.context, this.projection, writer, {
      signal: this.signal,
      ...(until ? { until } : {}),
      onCaughtUp: async () => (until ? 'go on' : 'stop'),
      onProgress: (events) => {
        this.onProgress({ events, of });
        if (writer.leavesDerived) this.along.reached(events);
      },
    });
    if (this.signal.aborted) throw new Fenced(this.projection.name, this.next.generation);
  }

  /** Where to go to meet the old generation; nowhere if that stands in another store, or behind this one's end. */
  private async targetIn({ storeId, position, delivered }: Checkpoint): Promise<Target | undefined> {
    if (storeId !== this.next.storeId || position === null) return undefined;
    const end = await this.context.store.lastPosition();
    return end !== undefined && end >= position ? { position, delivered } : undefined;
  }

  private switchOver(writer: GenerationWriter, startedFrom: number): Promise<RebuildReport> {
    return inTransaction(this.context.pool, async (client) => {
      const live = (await checkpointOf(client, this.projection.name, 'live', 'for update'))!;
      await this.catchUpWith(live, writer);
      const comparable = live.storeId === this.next.storeId && writer.position === live.position;
      const before = comparable ? await this.totalsOf(live) : null;
      const after = (await this.totalsOf(this.next))!;
      const mine = await checkpointOf(client, this.projection.name, 'building', 'for update');
      if (mine?.epoch !== this.next.epoch) throw new Fenced(this.projection.name, this.next.generation);
      await putInForce(client, this.projection, live, mine);
      return {
        projection: this.projection.name,
        generation: this.next.generation,
        version: this.next.version,
        events: writer.delivered - startedFrom,
        seconds: (performance.now() - this.startedAt) / 1000,
        comparedAt: comparable ? live.position : null,
        before,
        after,
        differences: differing(before, after),
      };
    });
  }

  /** Of tables made by another version this program's question may have no answer. */
  private totalsOf({ generation, version }: Checkpoint): Promise<Record<string, string> | null> {
    const opening = `begin read only; set local search_path to "${schemaOf(this.projection.name, generation)}"`;
    return inTransaction(this.context.pool, (client) => this.projection.totals(client), opening).catch(
      (error: unknown) => {
        if (version === this.projection.version) throw error;
        return null;
      },
    );
  }
}

function differing(before: Record<string, string> | null, after: Record<string, string>): string[] {
  if (!before) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name]);
}
