import type { Pool, PoolClient } from 'pg';

/** The connection broke inside a transaction; whether its commit took place may be unknown. */
export class ConnectionLost extends Error {
  readonly code = 'database.connectionLost';
  constructor(cause: unknown) {
    super(`connection to the database lost: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'ConnectionLost';
  }
}

/**
 * Runs `work` in one transaction on a client of the pool and commits; any error rolls it back and comes out again.
 *
 * @param begin the opening statements, for settings that hold within the transaction
 * @throws ConnectionLost, or what `work` threw
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const onLost = (error: Error): void => void (lost = error);
  client.on('error', onLost);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onLost);
    throw lost ? new ConnectionLost(error) : error;
  } finally {
    client.off('error', onLost);
    client.release(lost);
  }
}
