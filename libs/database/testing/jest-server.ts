import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedPostgres } from '../embedded/embedded-postgres.js';
import { TEST_SERVER_VARIABLE } from './test-database.js';

/** Nothing of a test run has to survive a power cut. */
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '128MB',
  // Nor has its password to resist anybody: it is proven thousands of times.
  scram_iterations: '1',
  // What is read is in the system's cache: handing it to a process of its own takes longer.
  io_method: 'sync',
};

/** Starts one PostgreSQL server for the whole Jest run, in a folder of its own; returns how to remove it. */
export async function startTestServer(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-test-'));
  const server = await embeddedPostgres(folder, THROWAWAY);
  process.env[TEST_SERVER_VARIABLE] = server.connectionString;
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
