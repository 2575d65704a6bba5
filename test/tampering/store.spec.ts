import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { signingKeyFolder } from '#libs/audit-chain/testing/signing-key-file.js';
import type { Verification } from '#libs/audit-chain/application/verification.js';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { ACTOR_ENV, BY_FINANCE, runCaptured, type Captured } from '../cli/run-captured.js';

const LIST = 'samples/liangshan-major-projects.csv';

const envOf = (database: TestDatabase, folder: string): NodeJS.ProcessEnv => ({
  ...ACTOR_ENV,
  DATABASE_URL: database.connectionString,
  DATA_DIR: folder,
  SIGNING_KEY: path.join(folder, 'anchor-key.pem'),
});

/** A store as an operator has it, whose database somebody with every right has reached. */
class Tampered {
  private constructor(
    readonly database: TestDatabase,
    readonly client: pg.Client,
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async on(base: TestDatabase, keys: string): Promise<Tampered> {
    const database = await testDatabase(base);
    const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-tampered-'));
    cpSync(keys, folder, { recursive: true });
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    // What a superuser can do, a superuser can do: the triggers hold nobody who may switch them off.
    await client.query("set session_replication_role = 'replica'");
    return new Tampered(database, client, folder, envOf(database, folder));
  }

  async run(...words: string[]): Promise<Captured> {
    return runCaptured(words, this.env);
  }

  async verify(...more: string[]): Promise<Verification & { code: number }> {
    const { code, out, err } = await this.run('verify', '--json', ...more);
    expect(err).toBe('');
    return { code, ...(JSON.parse(out) as Verification) };
  }

  /** Of the projection's tables in force. */
  async schemaOf(projection: string): Promise<string> {
    const { rows } = await this.client.query<{ generation: number }>(
      `select generation from runtime.projection_checkpoint where projection = $1 and state = 'live'`,
      [projection],
    );
    return `${projection.replaceAll('-', '_')}_g${rows[0]!.generation}`;
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.database.drop();
    rmSync(this.folder, { recursive: true });
  }
}

const EDIT = `update event_store.events
  set metadata = replace(metadata::text, '测试用户', '另一个人')::json where position = 5`;
const DELETE = 'delete from event_store.events where position = 7';
const CLOSE_GAP = 'update event_store.events set position = -position where position > $1';
const SHIFTED = 'update event_store.events set position = -position + $1 where position < 0';

describe('a store that was tampered with', () => {
  let base: TestDatabase;
  let keys: string;
  let store: Tampered;

  beforeAll(async () => {
    base = await testDatabase();
    keys = (await signingKeyFolder()).folder;
    await runCaptured(['import', LIST, '--effective', '2023-12-15'], envOf(base, keys));
    await runCaptured(['anchor'], envOf(base, keys));
  });
  afterAll(async () => {
    await base.drop();
    rmSync(keys, { recursive: true });
  });
  beforeEach(async () => {
    store = await Tampered.on(base, keys);
  });
  afterEach(() => store.close());

  /** Moves what stands behind a position, so that no gap tells. */
  async function shift(behind: number, by: number): Promise<void> {
    await store.client.query(CLOSE_GAP, [behind]);
    await store.client.query(SHIFTED, [by]);
    await store.client.query('update event_store.head set position = position + $1', [by]);
  }

  it('untouched, holds in every respect', async () => {
    const verification = await store.verify();
    expect(verification).toMatchObject({
      code: 0,
      holds: true,
      first: null,
      anchors: { total: 1, met: 1, contradicted: 0 },
      unchained: 0,
    });
    expect(verification.anchors.upTo).toBe(verification.events - 1);
    expect(verification.tables.projections).toBeGreaterThan(8);
    expect(verification.tables.rows).toBeGreaterThan(100);
  });

  it('an edited event', async () => {
    await store.client.query(EDIT);
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'event.edited', sequence: 5 });
    expect(first!.position).toMatch(/0005$/u);
  });

  it.each([
    ['leaving a gap', false],
    ['with the gap closed', true],
  ])('a deleted event, %s', async (_how, closed) => {
    await store.client.query(DELETE);
    if (closed) await shift(7, -1);
    const { code, first, problems } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'event.deleted', sequence: 7 });
    expect(problems.filter(({ kind }) => kind.startsWith('event.'))).toHaveLength(1);
  });

  it('an inserted event', async () => {
    await shift(9, 1);
    await store.client.query(`
      insert into event_store.events (position, stream, revision, id, type, data, metadata)
      select 10, stream, revision + 100, gen_random_uuid(), type, data, metadata
      from event_store.events where position = 9`);
    const { code, first, problems } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'event.inserted', sequence: 10 });
    expect(problems.filter(({ kind }) => kind.startsWith('event.'))).toHaveLength(1);
  });

  it('two events in another order', async () => {
    await store.client.query('update event_store.events set position = -position where position in (11, 12)');
    await store.client.query('update event_store.events set position = 23 + position where position < 0');
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'event.reordered', sequence: 11 });
  });

  it('a truncated tail, the chain still there', async () => {
    await store.client.query('delete from event_store.events where position > 20');
    await store.client.query('update event_store.head set position = 20');
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'store.truncated', sequence: 21 });
  });

  it('a truncated tail, every read model rebuilt from what is left: an anchor remembers', async () => {
    const { events } = await store.verify();
    await store.client.query('delete from event_store.events where position > 20');
    await store.client.query('update event_store.head set position = 20');
    await rebuildAll();
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'store.truncated', sequence: 21, upTo: events - 1 });
  });

  it('the whole history rewritten with its chain, without the key', async () => {
    await store.client.query(EDIT);
    await rebuildAll();
    const { code, first, problemCount } = await store.verify();
    expect(code).toBe(4);
    expect(problemCount).toBe(1);
    expect(first).toMatchObject({ kind: 'history.rewritten', sequence: 1 });
    expect(first!.upTo).toBeGreaterThan(5);
  });

  it('the same, its anchors made anew with another key', async () => {
    await store.client.query(EDIT);
    await rebuildAll();
    const forger = await signingKeyFolder();
    const published = path.join(store.folder, 'anchor-key.pub.pem');
    await store.client.query(`delete from event_store.events where stream = 'chain-anchors'`);
    await store.client.query(
      'delete from event_store.commands where position > (select max(position) from event_store.events)',
    );
    await store.client.query('update event_store.head set position = position - 1');
    await rebuildAll();
    rmSync(path.join(store.folder, 'anchors'), { recursive: true });
    const forged = await runCaptured(['anchor'], {
      ...ACTOR_ENV,
      DATABASE_URL: store.database.connectionString,
      DATA_DIR: store.folder,
      SIGNING_KEY: forger.keyFile,
    });
    expect(forged.code).toBe(0);
    rmSync(forger.folder, { recursive: true });
    const { code, first } = await store.verify('--public-key', published);
    expect([code, first!.kind]).toEqual([4, 'anchor.unknownKey']);
  });

  it('a forked chain: a restored copy went on, and anchors of both lives were signed', async () => {
    const early = await store.verify();
    const bundle = path.join(store.folder, 'early.jsonl.gz');
    expect((await store.run('export-bundle', '--out', bundle)).code).toBe(0);
    // The life that the anchors tell of is undone; the store goes on otherwise, and is anchored again.
    await store.client.query(EDIT);
    await rebuildAll();
    await store.run('close-year', '--region', '513400', '--year', '2024', ...BY_FINANCE);
    const again = await store.run('anchor');
    expect(again.code).toBe(0);
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'chain.forked', sequence: 1, upTo: early.events - 1 });
    const told = await store.verify('--bundle', bundle);
    expect(told.code).toBe(4);
    expect(told.first).toMatchObject({ kind: 'chain.forked', sequence: 5, upTo: null });
    expect(told.first!.message).toContain('自第 5 条起分叉');
  });

  it('a link of the kept chain was changed', async () => {
    const schema = await store.schemaOf('audit-chain');
    await store.client.query(`update ${schema}.chain_link set hash = sha256('x') where sequence = 8`);
    const { code, first } = await store.verify();
    expect(code).toBe(4);
    expect(first).toMatchObject({ kind: 'chain.broken', sequence: 8 });
  });

  it('an anchor file was changed, or is none', async () => {
    const { out } = await store.run('anchor', '--json');
    const { file } = JSON.parse(out) as { file: string };
    const anchor = JSON.parse(readFileSync(file, 'utf8')) as { sequence: number };
    writeFileSync(file, JSON.stringify({ ...anchor, sequence: anchor.sequence - 1 }));
    writeFileSync(path.join(path.dirname(file), 'note.json'), '{}');
    const { code, problems } = await store.verify();
    expect(code).toBe(4);
    expect(problems.map(({ kind }) => kind).sort()).toEqual(['anchor.signature', 'anchor.unreadable']);
  });

  it('a value of a read table was changed, or a view put before it', async () => {
    const schema = await store.schemaOf('investment-ledger');
    await store.client.query(
      `update ${schema}.ledger_transfer set amount_fen = amount_fen + 1
       where position = (select min(position) from ${schema}.ledger_transfer)`,
    );
    const register = await store.schemaOf('project-register');
    const { rows } = await store.client.query<{ columns: string }>(
      `select string_agg(case column_name when 'ready' then 'not ready as ready' else column_name end, ', '
         order by ordinal_position) as columns
       from information_schema.columns where table_schema = $1 and table_name = 'register_project'`,
      [register],
    );
    await store.client.query(
      `create or replace view read.register_project as select ${rows[0]!.columns} from ${register}.register_project`,
    );
    const { code, problems, first } = await store.verify();
    expect(code).toBe(4);
    expect(problems).toMatchObject([
      { kind: 'table.differs', message: expect.stringContaining('register_project') as string },
      { kind: 'table.differs', message: expect.stringContaining('ledger_transfer') as string },
    ]);
    expect(problems[1]!.position).toMatch(/:0{10}/u);
    expect(first).not.toBeNull();
  });

  async function rebuildAll(): Promise<void> {
    const platform = await openPlatform({
      ...readConfig(envOf(store.database, store.folder)),
      runProjections: false,
    });
    for (const name of platform.runner.names()) await platform.runner.rebuild(name);
    await platform.close();
  }
});
