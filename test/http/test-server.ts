import path from 'node:path';
import { tmpdir } from 'node:os';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';
import { startServer, type RunningServer } from '../../apps/server/bootstrap.js';
import { quietLog, type JsonLog } from '../../apps/server/log.js';
import { Client } from './client.js';

export interface TestServer {
  server: RunningServer;
  client: Client;
  platform: Platform;
  connectionString: string;
  close(): Promise<void>;
}

/** The real server on an empty database of its own: embedded store, projections, everything. */
export async function testServer(
  options: { log?: JsonLog; runProjections?: boolean } = {},
): Promise<TestServer> {
  const { log = quietLog(), runProjections = true } = options;
  const { connectionString, drop } = await testDatabase();
  const platform = await openPlatform({
    eventStore: undefined,
    databaseUrl: connectionString,
    dataDir: path.join(tmpdir(), 'taizhang-unused'),
    host: '127.0.0.1',
    port: 0,
    runProjections,
  });
  const server = await startServer({ platform: PlatformModule.on(platform), port: 0, log });
  const close = async (): Promise<void> => {
    await server.close();
    await drop();
  };
  return { server, client: new Client(server.url), platform, connectionString, close };
}
