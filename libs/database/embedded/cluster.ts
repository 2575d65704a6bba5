import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Refusal } from '#libs/kernel/refusal.js';
import { postgresBinaries } from './binaries.js';
import { accountForPostgres, giveTo, runAs } from './unprivileged.js';

/** For two cores and a few gigabytes beside other programs. Written once, into postgresql.conf, where people edit. */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_duration_statement: '5s',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

export const SUPERUSER = 'taizhang';

/**
 * The folder of one PostgreSQL server: `data/`, `password` (random, mode 600), `port` (the one it had last, kept so
 * that connections find it again after a restart) and `log`.
 */
export class Cluster {
  private constructor(private readonly folder: string) {}

  /**
   * Opens `{dataDir}/postgres`, and makes it first where it is missing. Several processes may do so at once.
   * @throws Refusal `config.dataDir`
   */
  static async open(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
    const folder = resolve(dataDir, 'postgres');
    await assertWritable(resolve(dataDir));
    if (!(await exists(folder))) await create(folder, { ...SETTINGS, ...settings });
    return new Cluster(folder);
  }

  password(): Promise<string> {
    return readFile(join(this.folder, 'password'), 'utf8');
  }

  /** The port of the server that holds the data directory, as its lock file says; it may have died since. */
  async lockedPort(): Promise<number | undefined> {
    const lines = await this.lockFile();
    return lines?.[3] ? Number(lines[3]) : undefined;
  }

  /** Starts the server and returns when it accepts connections. @throws Error where another one holds the data */
  async start(): Promise<void> {
    await this.removeLockOfOtherProgram();
    const port = await freePort(Number(await readFile(join(this.folder, 'port'), 'utf8').catch(() => '0')));
    await this.pgCtl('start', '-w', '-t', '60', '-l', join(this.folder, 'log'), '-o', `-p ${port}`);
    await writeFile(join(this.folder, 'port'), String(port), { mode: 0o600 });
  }

  /** Ends all connections and stops the server, with everything written. */
  stop(): Promise<void> {
    return this.pgCtl('stop', '-w', '-t', '60', '-m', 'fast');
  }

  private async pgCtl(...args: string[]): Promise<void> {
    const { pgCtl } = await postgresBinaries();
    await runAs(await accountForPostgres(), pgCtl, [...args, '-D', join(this.folder, 'data')]);
  }

  private async lockFile(): Promise<string[] | undefined> {
    const text = await readFile(join(this.folder, 'data', 'postmaster.pid'), 'utf8').catch(() => undefined);
    return text?.split('\n');
  }

  /**
   * After kill -9 or a power cut the lock file stays, and its process id may by then belong to some other program
   * (in a restarted container it nearly always does); PostgreSQL would refuse to start until it ends.
   */
  private async removeLockOfOtherProgram(): Promise<void> {
    const pid = (await this.lockFile())?.[0];
    if (pid === undefined || process.platform !== 'linux') return;
    const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
    if (program === undefined || program.trim() === 'postgres') return;
    await rm(join(this.folder, 'data', 'postmaster.pid'), { force: true });
  }
}

/** @throws Refusal `config.dataDir` */
async function assertWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal(
      'config.dataDir',
      `数据目录“${dataDir}”不能建立或写入（${code ?? String(error)}），请把环境变量 DATA_DIR 设为可写的目录`,
      { dataDir },
    );
  }
}

/** Made aside and moved into place complete, so that a killed or a competing process leaves no half of it. */
async function create(folder: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const account = await accountForPostgres();
  const draft = `${folder}.new-${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(draft, { recursive: true });
    await chmod(draft, 0o700);
    const password = join(draft, 'password');
    await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
    await giveTo(account, draft);
    await giveTo(account, password);
    const { initdb } = await postgresBinaries();
    await runAs(account, initdb, [
      `--pgdata=${join(draft, 'data')}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The built-in provider sorts the same on every operating system and in every release of its C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
    ]);
    await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** `wanted` if nobody listens there, any other free port of the loopback interface otherwise. */
function freePort(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', (error) => (wanted === 0 ? failed(error) : found(freePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
