import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '#libs/database/data-source.js';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { inTransaction } from '#libs/database/transaction.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection, Work } from '#libs/projection/projection.js';
import { READ_MODEL_ENTITIES } from '../read-models.js';

/** A database with some projections' tables, for specifications that need no event store and no runner. */
export class ReadModelDatabase {
  /** Statements that leave nothing in the tables. */
  private empty = '';

  private constructor(
    readonly dataSource: DataSource,
    readonly pool: pg.Pool,
    private readonly projections: readonly Projection[],
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(...projections: Projection[]): Promise<ReadModelDatabase> {
    const fresh = await testDatabase();
    const { connectionString } = fresh;
    const dataSource = await openDatabase(connectionString, READ_MODEL_ENTITIES);
    // Derivations and the indexes beside them hold one each.
    const derivations = projections.flatMap((projection) => projection.derivations ?? []);
    const pool = new pg.Pool({ connectionString, max: 4 + derivations.length });
    // Dropping the database ends connections that the pool has not closed yet.
    pool.on('error', () => undefined);
    const database = new ReadModelDatabase(dataSource, pool, projections, () => fresh.drop());
    await database.makeTables();
    return database;
  }

  private async makeTables(): Promise<void> {
    for (const { name, views, tables, indexes } of this.projections) {
      const shown = views.map((view) => `create view read.${view} as select * from "${name}".${view};`);
      await this.pool.query(`
        create schema "${name}"; set search_path to "${name}";
        ${tables}; ${indexes ?? ''}; reset search_path; ${shown.join('')}`);
    }
    const { rows } = await this.pool.query<{ statement: string }>(
      `select format('delete from %I.%I;', schemaname, tablename) as statement from pg_tables where schemaname = any($1)`,
      [this.projections.map(({ name }) => name)],
    );
    this.empty = rows.map(({ statement }) => statement).join('');
  }

  /** Empty tables, also those that nothing may be deleted from; to make them anew takes twenty times as long. */
  async startAnew(): Promise<void> {
    const free = 'begin; set local session_replication_role to replica';
    await inTransaction(this.pool, (client) => client.query(this.empty), free);
  }

  /** Applies the events in order, `batchSize` in a transaction; returns how many each projection counted. */
  async apply(events: readonly StoredEvent[], batchSize = 500, leaveDerived = false): Promise<number[]> {
    const counts: number[] = [];
    for (const projection of this.projections) {
      const own = events.filter(({ stream }) => readsStream(projection, stream));
      let counted = 0;
      for (let at = 0; at < own.length; at += batchSize) {
        counted += await this.within(projection, (client) =>
          projection.apply(own.slice(at, at + batchSize), client, leaveDerived),
        );
      }
      counts.push(counted);
    }
    return counts;
  }

  /** As `apply`, in the way of a rebuild: what can be derived comes at the end, or in parts along with the batches. */
  async rebuild(events: readonly StoredEvent[], batchSize = 500): Promise<void> {
    for (let at = 0; at < events.length; at += batchSize) {
      await this.apply(events.slice(at, at + batchSize), batchSize, true);
      for (const projection of this.projections) {
        for (const { along } of projection.derivations ?? []) if (along) await this.within(projection, along);
      }
    }
    for (const projection of this.projections) {
      for (const { derive } of projection.derivations ?? []) await this.within(projection, derive);
    }
  }

  /**
   * Derives and makes the indexes, each while the others are not committed yet, as a rebuild does at the same time.
   * @throws where one waits for another, which in a rebuild takes the time of both
   */
  async deriveBesideIndexes(projection: Projection): Promise<void> {
    const indexes: Work = (client) => client.query(projection.indexes ?? '');
    const derivations = (projection.derivations ?? []).map(({ derive }) => derive);
    await this.besideOneAnother(projection, [...derivations, indexes]);
  }

  private async besideOneAnother(projection: Projection, work: readonly Work[]): Promise<void> {
    const [first, ...others] = work;
    if (!first) return;
    await this.within(projection, async (client) => {
      await client.query("set local lock_timeout = '1s'");
      await first(client);
      await this.besideOneAnother(projection, others);
    });
  }

  /** What stands in tables: applied three events at a time, and by a rebuild of the same. */
  async keptAndDerived(
    events: readonly StoredEvent[],
    tables: readonly string[],
  ): Promise<[string[], string[]]> {
    await this.startAnew();
    await this.apply(events, 3);
    const kept = await this.rowsOf(tables);
    await this.startAnew();
    await this.rebuild(events, 3);
    return [kept, await this.rowsOf(tables)];
  }

  private async rowsOf(tables: readonly string[]): Promise<string[]> {
    const all = tables.map((table) => {
      const { compared } = this.projections.find(({ views }) => views.includes(table))!;
      const rows = compared?.[table]?.(`read.${table}`) ?? `select * from read.${table}`;
      return `select to_jsonb(t)::text as row from (${rows}) t`;
    });
    const { rows } = await this.pool.query<{ row: string }>(`${all.join(' union all ')} order by row`);
    return rows.map(({ row }) => row);
  }

  totals(projection: Projection): Promise<Record<string, string>> {
    return this.within(projection, (client) => projection.totals(client));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.dataSource.destroy();
    await this.drop();
  }

  private within<T>(projection: Projection, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, work, `begin; set local search_path to "${projection.name}"`);
  }
}

/** As the feed hands out events: each projection sees its own streams only. */
const readsStream = ({ streamPrefixes }: Projection, stream: string): boolean =>
  streamPrefixes.some((prefix) => stream.startsWith(prefix));
