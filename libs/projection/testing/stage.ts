import pg from 'pg';
import { openDatabase } from '#libs/database/data-source.js';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { Projection } from '../projection.js';
import { ProjectionRunner, type RunnerOptions } from '../runner.js';

/** Long enough for a slow machine; reached only where something is broken. */
export const PATIENCE = { timeoutMs: 30_000 };

/** A fresh database, a store in memory, and as many runners on them as a spec asks for. */
export class Stage {
  readonly store = new MemoryEventStore();
  readonly problems: string[] = [];
  private readonly onProblem: (() => void)[] = [];
  private readonly runners: ProjectionRunner[] = [];

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: pg.Pool,
  ) {}

  static async open(): Promise<Stage> {
    const database = await testDatabase();
    await (await openDatabase(database.connectionString)).destroy();
    const pool = new pg.Pool({ connectionString: database.connectionString });
    pool.on('error', () => undefined);
    return new Stage(database, pool);
  }

  get connectionString(): string {
    return this.database.connectionString;
  }

  runner(projections: readonly Projection[], options: Partial<RunnerOptions> = {}): ProjectionRunner {
    const runner = new ProjectionRunner({
      connectionString: this.connectionString,
      store: this.store,
      projections,
      leaseMs: 2_000,
      onProblem: ({ projection, error }) => {
        this.problems.push(`${projection}: ${String(error)}`);
        for (const look of this.onProblem) look();
      },
      ...options,
    });
    this.runners.push(runner);
    return runner;
  }

  async started(projection: Projection, options: Partial<RunnerOptions> = {}): Promise<ProjectionRunner> {
    const runner = this.runner([projection], options);
    await runner.start();
    return runner;
  }

  /** Resolves when a problem of that kind was reported. */
  problem(expected: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = () => this.problems.some((problem) => expected.test(problem)) && resolve();
      this.onProblem.push(look);
      look();
    });
  }

  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.pool.query<T>(sql, values)).rows;
  }

  /** Entries of the toy's journal, how many of them differ, and the sum of its balances, as readers see them. */
  async toyFigures(): Promise<{ entries: number; different: number; amount: number }> {
    const [figures] = await this.rows<{ entries: number; different: number; amount: number }>(
      `select count(*)::int as entries, count(distinct event_id)::int as different,
         (select coalesce(sum(amount), 0)::float8 from read.balance) as amount from read.journal`,
    );
    return figures!;
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
    await this.pool.end();
    await this.database.drop();
  }
}

/** What `toyFigures` must be when the first n deposits were each applied once. */
export function figuresOf(n: number): { entries: number; different: number; amount: number } {
  return { entries: n, different: n, amount: (n * (n + 1)) / 2 };
}
