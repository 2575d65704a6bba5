import { hostname } from 'node:os';
import pg from 'pg';
import { newId } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { EventStore, Position, StoredEvent } from '#libs/event-store/port.js';
import { audit, type AuditReport } from './audit.js';
import { AuditRounds } from './audit-rounds.js';
import type { RunnerContext } from './context.js';
import { RebuildRunning } from './errors.js';
import { assertOwnStore, retryHalted } from './checkpoint.js';
import { ensureLive, nothingToDo } from './generations.js';
import { Leases } from './leases.js';
import { untilNoneIsOlder } from './own-version.js';
import { Progress } from './progress.js';
import type { Projection } from './projection.js';
import { rebuild, type RebuildProgress, type RebuildReport } from './rebuild.js';
import { refold, type RefoldOptions, type RefoldReport } from './refold.js';
import { rollback } from './rollback.js';
import { Signals } from './signals.js';
import { standingsOf, statusOf, type ProjectionStanding, type ProjectionStatus } from './status.js';
import { Worker, type ProjectionProblem } from './worker.js';

const BATCH_SIZE = 5_000;
/** A holder that stands still longer loses its work; one that died loses it at once. */
const LEASE_MS = 15_000;
const CATCH_UP_PATIENCE_MS = 60_000;
const AUDIT_EVERY_MS = 24 * 3_600_000;

export interface RunnerOptions {
  /** Of a database that `openDatabase` brought up to date. */
  readonly connectionString: string;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** Events in a batch, at most. Default 5,000. */
  readonly batchSize?: number;
  /** Default 15,000. */
  readonly leaseMs?: number;
  /** How often the events of every projection are counted anew while it runs. Default: once a day. */
  readonly auditEveryMs?: number;
  /** Told what goes wrong in the background. */
  readonly onProblem?: (problem: ProjectionProblem) => void;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Default: all projections. */
  readonly names?: readonly string[];
}

/**
 * Runs projections, and answers for them. Several processes may run the same ones: one works, the others stand by. A
 * process that only reads leaves `start` out; waiting, status, audit and rebuild work all the same.
 */
export class ProjectionRunner {
  private readonly context: RunnerContext;
  private readonly projections: readonly Projection[];
  private readonly pool: pg.Pool;
  private readonly signals: Signals;
  private readonly progress: Progress;
  private readonly audits: AuditRounds;
  private readonly workers = new Map<string, Worker>();
  private readonly rebuilding = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly running: Promise<unknown>[] = [];
  /** Set where work starts when it is waited for: who began last, one after another. */
  private beginning: Promise<unknown> | undefined;
  private counting: Promise<ProjectionStatus[]> | undefined;
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: RunnerOptions) {
    const { connectionString, store, projections, batchSize = BATCH_SIZE, leaseMs = LEASE_MS } = options;
    this.projections = projections;
    this.pool = new pg.Pool({
      connectionString,
      application_name: 'taizhang projections',
      // A worker holds one while it writes; a rebuild two at its end, and one for each derivation; leases are renewed beside them.
      max: 2 * projections.length + projections.flatMap(({ derivations = [] }) => derivations).length + 4,
    });
    this.pool.on('error', () => undefined);
    this.signals = new Signals(connectionString);
    const owner = `${hostname()}:${process.pid}:${newId()}`;
    const leases = new Leases(this.pool, this.signals, owner, leaseMs);
    this.context = { pool: this.pool, store, leases, signals: this.signals, batchSize };
    this.progress = new Progress(this.pool, this.signals);
    this.audits = new AuditRounds(this.context, projections, this.report);
  }

  /** Makes the tables and views that are missing, so that queries find them, empty at first. */
  async prepare(): Promise<void> {
    const storeId = await this.context.store.storeId();
    await ensureLive(this.pool, this.projections, storeId);
  }

  /**
   * Starts the work; it goes on, through outages, until `stop`.
   * @throws ForeignCheckpoint where a read model was built from another store; and what store and database throw
   */
  async start(): Promise<void> {
    await this.assertOwn();
    await this.work(this.projections);
    this.running.push(this.audits.run(this.options.auditEveryMs ?? AUDIT_EVERY_MS, this.stopping.signal));
  }

  /** As `start`, for a process that reads little and is over soon: works on what is waited for, where it has to. */
  async startOnDemand(): Promise<void> {
    await this.assertOwn();
    this.beginning = Promise.resolve();
  }

  private async assertOwn(): Promise<void> {
    const storeId = await this.context.store.storeId();
    const live = await ensureLive(this.pool, this.projections, storeId);
    for (const checkpoint of live) assertOwnStore(checkpoint, storeId);
  }

  private async work(projections: readonly Projection[]): Promise<void> {
    await retryHalted(
      this.pool,
      projections.map(({ name }) => name),
    );
    await this.signals.open();
    for (const projection of projections) {
      const worker = new Worker(this.context, projection, this.report);
      this.workers.set(projection.name, worker);
      this.running.push(worker.run(this.stopping.signal));
    }
  }

  /** Begins what nobody here began yet. */
  private begin(projections: readonly Projection[]): Promise<void> {
    const begun = this.beginning!.then(() =>
      this.work(projections.filter(({ name }) => !this.workers.has(name))),
    );
    this.beginning = begun.catch(() => undefined);
    return begun;
  }

  /** Finishes the batches in hand and lets another process go on. */
  stop(): Promise<void> {
    return (this.stopped ??= this.end());
  }

  private async end(): Promise<void> {
    this.stopping.abort();
    await this.beginning;
    await Promise.all(this.running);
    await this.signals.close();
    await this.pool.end();
  }

  /** True when the projections have reached the position; false after `timeoutMs`, or as soon as one has halted. */
  async waitFor(position: Position, { timeoutMs, names = this.names() }: WaitOptions): Promise<boolean> {
    const projections = names.map((name) => this.find(name));
    if (!this.beginning) return this.progress.waitFor(names, position, timeoutMs);
    if (await nothingToDo(this.pool, projections, position)) return true;
    await this.begin(projections);
    // Who answers once and is gone must not answer from what a newer version puts right.
    const waits = [
      untilNoneIsOlder(this.pool, this.signals, projections, timeoutMs),
      this.progress.waitFor(names, position, timeoutMs),
    ];
    return (await Promise.all(waits)).every(Boolean);
  }

  /** As `waitFor`, for all that is in the store now. */
  async caughtUp(options: WaitOptions = { timeoutMs: CATCH_UP_PATIENCE_MS }): Promise<boolean> {
    const last = await this.context.store.lastPosition();
    return last === undefined || this.waitFor(last, options);
  }

  standings(): Promise<ProjectionStanding[]> {
    return standingsOf(this.context, this.projections, this.known());
  }

  /** With their lags. Whoever asks while they are being counted is told what comes of that. */
  status(): Promise<ProjectionStatus[]> {
    this.counting ??= statusOf(this.context, this.projections, this.known()).finally(
      () => (this.counting = undefined),
    );
    return this.counting;
  }

  private known() {
    const errors = [...this.workers].flatMap(([name, { error }]) => (error ? [[name, error] as const] : []));
    return { errors: new Map(errors), audited: this.audits.audited };
  }

  /**
   * Builds a projection's tables anew beside those in force and switches over when they have caught up.
   * @throws RebuildRunning, Halted, Fenced; Refusal `projection.unknown`
   */
  async rebuild(name: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    const projection = this.find(name);
    if (this.rebuilding.has(name)) throw new RebuildRunning(name);
    this.rebuilding.add(name);
    try {
      await this.signals.open();
      return await rebuild(this.context, projection, this.stopping.signal, onProgress);
    } finally {
      this.rebuilding.delete(name);
    }
  }

  /** Goes back to the generation before the last rebuild; answers its number. @throws Refusal */
  async rollback(name: string): Promise<number> {
    return rollback(this.context, this.find(name));
  }

  /** Counts a projection's events anew in the store. @throws ForeignCheckpoint; Refusal `projection.unknown` */
  async audit(name: string): Promise<AuditReport> {
    return audit(this.context, this.find(name));
  }

  /**
   * Folds the events of projections anew beside their tables in force and compares them row by row.
   * @param events all of the store; they are read once, whichever projections are asked for
   * @throws ForeignCheckpoint; Refusal `projection.unknown`
   */
  async refold(
    names: readonly string[],
    events: AsyncIterable<StoredEvent>,
    { wanted = () => true, onCompare = () => undefined }: Partial<Omit<RefoldOptions, 'signal'>> = {},
  ): Promise<RefoldReport[]> {
    const projections = names.map((name) => this.find(name));
    return refold(this.context, projections, events, { signal: this.stopping.signal, wanted, onCompare });
  }

  /** Counts the events of all of them anew, one after another. Those that cannot be counted go to `onProblem`. */
  async auditAll(): Promise<AuditReport[]> {
    return this.audits.round();
  }

  private readonly report = (problem: ProjectionProblem): void => this.options.onProblem?.(problem);

  /** Names of all that it runs. */
  names(): string[] {
    return this.projections.map(({ name }) => name);
  }

  private find(name: string): Projection {
    const found = this.projections.find((projection) => projection.name === name);
    if (found) return found;
    const known = this.names();
    throw new Refusal('projection.unknown', `没有读模型“${name}”（可选：${known.join('、')}）`, {
      name,
      known,
    });
  }
}
