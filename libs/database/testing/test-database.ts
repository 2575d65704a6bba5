import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Set by the Jest global setup: the throwaway server of this run. */
export const TEST_SERVER_VARIABLE = 'TAIZHANG_TEST_SERVER';

export interface TestDatabase {
  readonly connectionString: string;
  /** Ends all its connections and removes it. */
  drop(): Promise<void>;
}

/**
 * A fresh database on the PostgreSQL server of the Jest run.
 * @param copyOf one that nobody is connected to, to begin with what it holds. Default: empty
 */
export async function testDatabase(copyOf?: TestDatabase): Promise<TestDatabase> {
  const server = process.env[TEST_SERVER_VARIABLE];
  if (!server) throw new Error('the test server is not running: run the tests through Jest');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = copyOf ? ` template ${new URL(copyOf.connectionString).pathname.slice(1)}` : '';
  // As copied files: page by page through the log, as by default, it takes three times as long.
  await onServer(server, `create database ${name}${template} strategy file_copy`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
