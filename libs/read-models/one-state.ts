import type { DataSource } from 'typeorm';

/** Where tables of read models are read by their own names: in a projection's transaction, or in that of a question. */
export interface Reader {
  query<T extends object>(sql: string, values?: unknown[]): Promise<{ rows: T[] }>;
}

/** Lets `work` read the tables that are live in one transaction, so that all its answers are of one state. */
export async function inOneState<T>(database: DataSource, work: (reader: Reader) => Promise<T>): Promise<T> {
  const runner = database.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('set transaction read only; set local search_path to read');
    return await work({
      query: async <R extends object>(sql: string, values?: unknown[]) => ({
        rows: await runner.manager.query<R[]>(sql, values),
      }),
    });
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}
