import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Cluster, SUPERUSER } from './cluster.js';

const DATABASE = 'taizhang';
/** Held shared by every process that uses the server, on a connection of its own: a dead process holds nothing. */
const IN_USE_LOCK = 7_410_001;
/** After kill -9 of the server its helper processes take a moment to go; until then a new one cannot start. */
const START_PATIENCE_MS = 60_000;

export interface EmbeddedPostgres {
  readonly connectionString: string;
  /** Leaves the server; whoever leaves last stops it. */
  stop(): Promise<void>;
}

/**
 * The PostgreSQL server kept in `{dataDir}/postgres`: made where it is missing, started where it is not running,
 * shared with other processes where it is. It is restarted on the same port when it dies under us.
 *
 * @param settings written to postgresql.conf when the server is made, over the defaults
 * @throws Error where there are no binaries for the platform or the server does not start
 */
export async function embeddedPostgres(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const server = new SharedServer(await Cluster.open(dataDir, settings));
  const connectionString = await server.join();
  return { connectionString, stop: () => server.leave() };
}

class SharedServer {
  private presence: pg.Client | undefined;
  private leaving = false;
  private rejoining: Promise<unknown> = Promise.resolve();

  constructor(private readonly cluster: Cluster) {}

  /** Makes sure that the server runs, marks it as used by this process and returns how to connect. */
  async join(): Promise<string> {
    const giveUpAt = Date.now() + START_PATIENCE_MS;
    for (;;) {
      const startError = await this.attach().then(
        () => undefined,
        () => this.cluster.start().catch((error: unknown) => new Error(String(error), { cause: error })),
      );
      if (this.presence) return this.connectionString(DATABASE);
      if (startError !== undefined && Date.now() > giveUpAt) throw startError;
      // Another process may be starting it, or just stopping it: look again.
      if (startError !== undefined) await delay(50 + 100 * Math.random());
    }
  }

  async leave(): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    await this.rejoining.catch(() => undefined);
    const presence = this.presence;
    if (!presence) return;
    await presence.query('select pg_advisory_unlock_shared($1)', [IN_USE_LOCK]);
    const last = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      IN_USE_LOCK,
    ]);
    // With the lock still held a newcomer waits, is cut off by the shutdown, and starts the server again.
    if (last.rows[0]?.last) await this.cluster.stop();
    await presence.end().catch(() => undefined);
  }

  private async attach(): Promise<void> {
    const client = new pg.Client({
      connectionString: await this.connectionString('postgres'),
      application_name: 'taizhang presence',
      keepAlive: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [IN_USE_LOCK]);
    await client.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
      const madeByOther = error.code === '42P04' || error.code === '23505';
      if (!madeByOther) throw error;
    });
    this.presence = client;
    client.on('end', () => this.lost());
  }

  private lost(): void {
    this.presence = undefined;
    if (this.leaving) return;
    this.rejoining = this.join();
    // Nobody waits for it here: pools report the outage to those who ask, and the next start tries again.
    this.rejoining.catch(() => undefined);
  }

  private async connectionString(database: string): Promise<string> {
    const port = await this.cluster.lockedPort();
    if (port === undefined) throw new Error('the embedded PostgreSQL is not running');
    return `postgres://${SUPERUSER}:${await this.cluster.password()}@127.0.0.1:${port}/${database}`;
  }
}
