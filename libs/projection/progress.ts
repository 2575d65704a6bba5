import type { Pool } from 'pg';
import { comparePositions, storeOf, type Position } from '#libs/event-store/port.js';
import type { Signal, Signals } from './signals.js';

interface Waiter {
  readonly pending: Set<string>;
  readonly position: Position;
  readonly done: (reached: boolean) => void;
  readonly failed: (error: unknown) => void;
}

interface Row {
  projection: string;
  position: Position | null;
  halted: boolean;
}

/**
 * How far the projections in force are, whichever process runs them: looked up once, then kept current by
 * notifications, so that waiting for one's own write costs no query.
 */
export class Progress {
  private readonly known = new Map<string, Position>();
  private readonly halted = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private refreshed: Promise<void> | undefined;
  /** For each refresh under way, who was heard since it began: it may have read them as they were before. */
  private readonly heardSince = new Set<Set<string>>();

  constructor(
    private readonly pool: Pool,
    private readonly signals: Signals,
  ) {
    signals.on((signal) => this.hear(signal));
  }

  /**
   * Resolves true when all of them have reached the position, false after `timeoutMs` or as soon as one of those
   * still missing has halted.
   * @throws ForeignPosition where a projection in force was built from another store
   */
  async waitFor(names: readonly string[], position: Position, timeoutMs: number): Promise<boolean> {
    await this.signals.open();
    await (this.refreshed ??= this.refresh());
    // A rebuild may just have taken over another store's projection, and the word of it be still on its way.
    if (this.knowsAnotherStore(names, position)) await (this.refreshed = this.refresh());
    let timer: NodeJS.Timeout | undefined;
    let waiter: Waiter | undefined;
    try {
      return await new Promise<boolean>((done, failed) => {
        waiter = { pending: new Set(names), position, done, failed };
        this.waiters.add(waiter);
        timer = setTimeout(() => done(false), timeoutMs);
        this.look(waiter);
      });
    } finally {
      clearTimeout(timer);
      if (waiter) this.waiters.delete(waiter);
    }
  }

  private knowsAnotherStore(names: readonly string[], position: Position): boolean {
    return names.some((name) => {
      const known = this.known.get(name);
      return known !== undefined && storeOf(known) !== storeOf(position);
    });
  }

  private hear(signal: Signal): void {
    if (signal.kind === 'progress') {
      this.known.set(signal.name, signal.position);
      this.halted.delete(signal.name);
      for (const heard of this.heardSince) heard.add(signal.name);
      for (const waiter of this.waiters) if (waiter.pending.has(signal.name)) this.look(waiter);
    } else if (signal.kind !== 'released') {
      this.refreshed = this.refresh();
      this.refreshed.catch(() => (this.refreshed = undefined));
    }
  }

  private async refresh(): Promise<void> {
    const heard = new Set<string>();
    this.heardSince.add(heard);
    try {
      for (const row of await this.rows()) if (!heard.has(row.projection)) this.take(row);
    } finally {
      this.heardSince.delete(heard);
    }
    for (const waiter of this.waiters) this.look(waiter);
  }

  private async rows(): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(
      `select projection, position, halted_at is not null as halted
       from runtime.projection_checkpoint where state = 'live'`,
    );
    return rows;
  }

  private take({ projection, position, halted }: Row): void {
    if (position === null) this.known.delete(projection);
    else this.known.set(projection, position);
    if (halted) this.halted.add(projection);
    else this.halted.delete(projection);
  }

  private look(waiter: Waiter): void {
    try {
      for (const name of waiter.pending) {
        const known = this.known.get(name);
        if (known !== undefined && comparePositions(known, waiter.position) >= 0) waiter.pending.delete(name);
        else if (this.halted.has(name)) return waiter.done(false);
      }
      if (waiter.pending.size === 0) waiter.done(true);
    } catch (error) {
      waiter.failed(error);
    }
  }
}
