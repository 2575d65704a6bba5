import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { embeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

let dataDir: string;
const servers: EmbeddedPostgres[] = [];

// One folder, with no server on it between two specifications: to make one takes longer than all that is asked of it.
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'taizhang-embedded-'));
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function open(): Promise<EmbeddedPostgres> {
  const server = await embeddedPostgres(dataDir);
  servers.push(server);
  return server;
}

async function query<T extends pg.QueryResultRow>(
  { connectionString }: EmbeddedPostgres,
  sql: string,
): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

it('is one server for all who open the folder, stopped by the last, with everything kept', async () => {
  const [one, other] = await Promise.all([open(), open()]);
  expect(other.connectionString).toBe(one.connectionString);
  await query(one, 'create table kept (amount int8); insert into kept values (9007199254740993)');
  await one.stop();
  expect(await query(other, 'select amount from kept')).toEqual([{ amount: '9007199254740993' }]);
  await other.stop();
  await expect(query(other, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  const again = await open();
  expect(again.connectionString).toBe(one.connectionString);
  expect(await query(again, 'select amount from kept')).toEqual([{ amount: '9007199254740993' }]);
});

it('asks for a password of its own, which only its owner can read', async () => {
  const server = await open();
  const url = new URL(server.connectionString);
  const mode = (await stat(join(dataDir, 'postgres/password'))).mode & 0o777;
  expect(mode).toBe(0o600);
  expect(url.password).toMatch(/^[0-9a-f]{48}$/u);
  expect(url.hostname).toBe('127.0.0.1');
  url.password = 'postgres';
  await expect(query({ ...server, connectionString: url.href }, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
});

it('loses nothing that was committed when the server is killed with kill -9, and is brought up again', async () => {
  const server = await open();
  await query(server, 'create table survived (n int); insert into survived select generate_series(1, 1000)');
  process.kill(await serverPid(), 'SIGKILL');
  const again = await open();
  expect(again.connectionString).toBe(server.connectionString);
  expect(await query(server, 'select count(*)::int from survived')).toEqual([{ count: 1000 }]);
});

it('outlives a process that was killed with kill -9, and is stopped by the next one', async () => {
  const program = `
    const { embeddedPostgres } = await import(process.cwd() + '/libs/database/embedded/embedded-postgres.ts');
    console.log((await embeddedPostgres(${JSON.stringify(dataDir)})).connectionString);`;
  const register = ['--import', './test/typescript/register.js', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, register, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  const server = await open();
  expect(server.connectionString).toBe(printed.toString().trim());
  await server.stop();
  await expect(query(server, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('starts over a lock file whose process id belongs to another program by now', async () => {
  const server = await open();
  const lockFile = join(dataDir, 'postgres/data/postmaster.pid');
  const left = (await readFile(lockFile, 'utf8')).split('\n');
  await server.stop();
  await writeFile(lockFile, [String(process.pid), ...left.slice(1)].join('\n'));
  expect(await query(await open(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('names the folder that cannot be one', async () => {
  const file = join(dataDir, 'a-file');
  await writeFile(file, '');
  await expect(embeddedPostgres(join(file, 'data'))).rejects.toMatchObject({
    code: 'config.dataDir',
    details: { dataDir: join(file, 'data') },
  });
});
