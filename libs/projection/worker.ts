import { setTimeout as delay } from 'node:timers/promises';
import { assertOwnStore, type Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { Fenced, ForeignCheckpoint, Halted, messageOf, NewerTables, RebuildRunning } from './errors.js';
import { finishTables } from './finishing.js';
import { follow } from './follow.js';
import { ensureLive } from './generations.js';
import { GenerationWriter } from './generation-writer.js';
import type { Projection } from './projection.js';
import { rebuild } from './rebuild.js';
import { backoffMs } from './transient.js';

/** What went wrong with a projection, for the log; `retryInMs` is null where it waits for people. */
export interface ProjectionProblem {
  readonly projection: string;
  readonly error: unknown;
  readonly retryInMs: number | null;
}

/** How often a worker that stands by looks whether the lease became free without word, its holder having died. */
const STANDBY_LOOK_MS = 1_000;

/** Keeps one projection up to date, or stands by while another process does, until it is told to stop. */
export class Worker {
  private failures = 0;
  private lastReported = '';
  private problem: string | undefined;

  constructor(
    private readonly context: RunnerContext,
    private readonly projection: Projection,
    private readonly report: (problem: ProjectionProblem) => void,
  ) {}

  /** What keeps this process from working on the projection, in words; undefined while nothing does. */
  get error(): string | undefined {
    return this.problem;
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const news = this.awaitNews(stop);
      try {
        const ended = await this.session(news.switched);
        this.problem = undefined;
        if (ended === 'standby') await pause(STANDBY_LOOK_MS, news.released);
      } catch (error) {
        await this.failed(error, news.switched);
      } finally {
        news.dispose();
      }
    }
  }

  /**
   * `switched`: another generation is in force, or word of it may have been missed, or we are to stop.
   * `released`: that, or the lease became free.
   */
  private awaitNews(stop: AbortSignal): {
    switched: AbortSignal;
    released: AbortSignal;
    dispose: () => void;
  } {
    const switched = new AbortController();
    const released = new AbortController();
    const dispose = this.context.signals.on((signal) => {
      if (signal.kind === 'resumed') return switched.abort();
      if (signal.name !== this.projection.name) return;
      if (signal.kind === 'switched') switched.abort();
      if (signal.kind === 'released') released.abort();
    });
    const stopping = AbortSignal.any([stop, switched.signal]);
    return { switched: stopping, released: AbortSignal.any([stopping, released.signal]), dispose };
  }

  private async session(signal: AbortSignal): Promise<'standby' | 'ended'> {
    const { store, pool, leases } = this.context;
    const storeId = await store.storeId();
    const live = (await ensureLive(pool, [this.projection], storeId))[0]!;
    assertOwnStore(live, storeId);
    const { version } = this.projection;
    if (live.version > version) throw new NewerTables(live.projection, live.version, version);
    if (live.version < version) {
      await rebuild(this.context, this.projection, signal);
      return 'ended';
    }
    const lease = await leases.acquire(live.projection, live.generation);
    if (!lease) return 'standby';
    try {
      await this.work(lease.checkpoint, AbortSignal.any([signal, lease.lost]));
      return 'ended';
    } finally {
      await lease.release().catch(() => undefined);
    }
  }

  private async work(checkpoint: Checkpoint, signal: AbortSignal): Promise<void> {
    const writer = await GenerationWriter.open(
      this.context.pool,
      this.projection,
      checkpoint,
      this.context.leases.leaseMs,
    );
    let indexed = checkpoint.indexed;
    await follow(this.context, this.projection, writer, {
      signal,
      onProgress: () => {
        this.failures = 0;
        this.problem = undefined;
      },
      onCaughtUp: async () => {
        this.problem = undefined;
        if (!indexed) await finishTables(this.context, this.projection, checkpoint);
        indexed = true;
        return 'go on';
      },
    });
  }

  private async failed(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof Fenced || error instanceof RebuildRunning) return pause(STANDBY_LOOK_MS, signal);
    this.problem = messageOf(error);
    const forPeople =
      error instanceof Halted || error instanceof ForeignCheckpoint || error instanceof NewerTables;
    const retryInMs = forPeople ? null : backoffMs(this.failures++);
    if (!forPeople || this.lastReported !== this.problem) {
      this.report({ projection: this.projection.name, error, retryInMs });
    }
    this.lastReported = this.problem;
    await pause(retryInMs, signal);
  }
}

/** Waits so long (null: without end) or until the signal. */
async function pause(ms: number | null, signal: AbortSignal): Promise<void> {
  await delay(ms ?? 2 ** 30, undefined, { signal }).catch(() => undefined);
}
