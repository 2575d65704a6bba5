import { rmSync } from 'node:fs';
import { signingKeyFolder } from '#libs/audit-chain/testing/signing-key-file.js';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';
import { startServer, type RunningServer } from '../../apps/server/bootstrap.js';
import { quietLog, type JsonLog } from '../../apps/server/log.js';
import { CuttableWire } from './cuttable-wire.js';
import { Client } from './client.js';

export interface TestServer {
  server: RunningServer;
  client: Client;
  platform: Platform;
  /** Between the server and its database, where asked for. */
  wire: CuttableWire | undefined;
  close(): Promise<void>;
}

/** The real server on an empty database of its own: embedded store, projections, everything. */
export async function testServer(
  options: { log?: JsonLog; runProjections?: boolean; cuttable?: true } = {},
): Promise<TestServer> {
  const { log = quietLog(), runProjections = true, cuttable } = options;
  const database = await testDatabase();
  const wire = cuttable && (await CuttableWire.to(database.connectionString));
  const { connectionString } = wire ?? database;
  const { folder, keyFile } = await signingKeyFolder();
  const platform = await openPlatform({
    eventStore: undefined,
    databaseUrl: connectionString,
    dataDir: folder,
    signingKey: keyFile,
    host: '127.0.0.1',
    port: 0,
    runProjections,
  });
  const server = await startServer({ platform: PlatformModule.on(platform), port: 0, log });
  const close = async (): Promise<void> => {
    await server.close();
    await wire?.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  };
  return { server, client: new Client(server.url), platform, wire, close };
}
