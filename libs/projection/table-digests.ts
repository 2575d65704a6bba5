import type { PoolClient } from 'pg';
import type { Projection } from './projection.js';

/** A table in force beside the same table folded anew. */
export interface TableComparison {
  readonly table: string;
  /** Rows of the fresh fold. */
  readonly rows: number;
  /** Rows in force that the fold does not have, and the other way round. */
  readonly unexpected: number;
  readonly missing: number;
  /** Some of them, in order of place. */
  readonly examples: readonly RowDifference[];
}

/** A row as PostgreSQL prints it; `position` where the table has that column. */
export interface RowDifference {
  readonly side: 'unexpected' | 'missing';
  readonly position: string | null;
  readonly row: string;
}

interface Live {
  readonly client: PoolClient;
  readonly schema: string;
  /** Tables that readers see by a view of the same name in `read`: the view is what is compared. */
  readonly views: readonly string[];
}

interface Fresh {
  readonly client: PoolClient;
  readonly schema: string;
}

/** Rows of both sides fall into so many buckets by their digest; only buckets that differ are read row by row. */
const BUCKETS = `(get_byte(digest, 0) * 256 + get_byte(digest, 1))`;
const MOST_BUCKETS_READ = 50;
const MOST_EXAMPLES = 10;

/**
 * Compares every table of the fresh fold with what readers see, wherever the two lie. Memory does not grow with them.
 * @param compared what is compared of a table that is not compared row by row
 */
export async function compareTables(
  live: Live,
  fresh: Fresh,
  compared: Projection['compared'] = {},
): Promise<TableComparison[]> {
  const { rows } = await fresh.client.query<{ table: string; placed: boolean }>(TABLES, [fresh.schema]);
  const comparisons: TableComparison[] = [];
  for (const { table, placed } of rows) {
    const inForce = live.views.includes(table) ? `read."${table}"` : `"${live.schema}"."${table}"`;
    const of = compared[table];
    const rowsOf = (name: string) => (of ? `(${of(name)})` : name);
    const sides = [
      new Side(live.client, rowsOf(inForce), placed),
      new Side(fresh.client, rowsOf(`"${fresh.schema}"."${table}"`), placed),
    ] as const;
    comparisons.push({ table, ...(await compare(...sides)) });
  }
  return comparisons;
}

async function compare(live: Side, fresh: Side): Promise<Omit<TableComparison, 'table'>> {
  const [are, should] = await Promise.all([live.buckets(), fresh.buckets()]);
  const rows = [...should.values()].reduce((sum, { rows }) => sum + rows, 0);
  const all = [...new Set([...are.keys(), ...should.keys()])];
  const differing = all.filter((bucket) => are.get(bucket)?.digest !== should.get(bucket)?.digest);
  const read = differing.slice(0, MOST_BUCKETS_READ);
  const [has, wants] = await Promise.all([live.rowsIn(read), fresh.rowsIn(read)]);
  const unexpected = without(has, wants);
  const missing = without(wants, has);
  const unread = differing.slice(MOST_BUCKETS_READ);
  const more = (side: Map<number, Bucket>) => unread.reduce((sum, n) => sum + (side.get(n)?.rows ?? 0), 0);
  const examples = [
    ...unexpected.map((row): RowDifference => ({ side: 'unexpected', ...row })),
    ...missing.map((row): RowDifference => ({ side: 'missing', ...row })),
  ].sort((a, b) => ((a.position ?? '~') < (b.position ?? '~') ? -1 : 1));
  return {
    rows,
    unexpected: unexpected.length + more(are),
    missing: missing.length + more(should),
    examples: examples.slice(0, MOST_EXAMPLES),
  };
}

interface Bucket {
  readonly rows: number;
  /** SHA-256 over the sorted digests of its rows. */
  readonly digest: string;
}

type Row = Omit<RowDifference, 'side'>;

class Side {
  private readonly digested: string;

  constructor(
    private readonly client: PoolClient,
    table: string,
    placed: boolean,
  ) {
    // `offset 0` keeps PostgreSQL from writing the digest out anew wherever it is named, four times a row.
    this.digested = `
      select sha256(convert_to(each::text, 'UTF8')) as digest, each::text as row,
        ${placed ? 'each.position' : 'null'}::text as position
      from ${table} as each offset 0`;
  }

  async buckets(): Promise<Map<number, Bucket>> {
    const { rows } = await this.client.query<Bucket & { bucket: number }>(`
      select ${BUCKETS} as bucket, count(*)::int as rows,
        encode(sha256(string_agg(digest, ''::bytea order by digest)), 'hex') as digest
      from (${this.digested}) as digested group by bucket`);
    return new Map(rows.map(({ bucket, ...figures }) => [bucket, figures]));
  }

  async rowsIn(buckets: readonly number[]): Promise<Row[]> {
    if (buckets.length === 0) return [];
    const { rows } = await this.client.query<Row>(
      `select row, position from (${this.digested}) as digested where ${BUCKETS} = any($1::int[])`,
      [buckets],
    );
    return rows;
  }
}

/** What the first has more often than the second. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const left = new Map<string, number>();
  for (const { row } of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter(({ row }) => {
    const count = left.get(row) ?? 0;
    if (count > 0) left.set(row, count - 1);
    return count === 0;
  });
}

const TABLES = `
  select tablename as table, exists (
      select from information_schema.columns as c
      where c.table_schema = t.schemaname and c.table_name = t.tablename and c.column_name = 'position'
    ) as placed
  from pg_tables as t where schemaname = $1 order by 1`;
