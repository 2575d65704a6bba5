import type { Work } from './projection.js';
import { append, deposit, deposits } from './testing/accounts.js';
import { Gate } from './testing/gate.js';
import { figuresOf, PATIENCE, Stage } from './testing/stage.js';
import { toyProjection } from './testing/toy-projection.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

async function generations(): Promise<string[]> {
  const rows = await stage.rows<{ generation: string }>(
    `select generation || ' ' || state as generation from runtime.projection_checkpoint order by 1`,
  );
  return rows.map(({ generation }) => generation);
}

/** Reads the first view, begins the work, and reads the second when the work waits for a lock. */
async function amidReading<T>([first, second]: readonly string[], begin: () => Promise<T>): Promise<T> {
  const reader = await stage.pool.connect();
  await reader.query(`begin; select from read.${first}`);
  const work = begin();
  const waiting = `select from pg_locks where not granted and relation is not null`;
  while ((await stage.rows(waiting)).length === 0);
  await reader.query(`select from read.${second}; commit`);
  reader.release();
  return work;
}

describe('a rebuild', () => {
  it('gives the same tables, keeps the generation before, and drops the one before that', async () => {
    await append(stage.store, deposits(0, 200));
    const runner = await stage.started(toyProjection(), { batchSize: 60 });
    await runner.caughtUp(PATIENCE);
    const seen: number[] = [];
    const report = await runner.rebuild('toy-ledger', ({ events, of }) => seen.push(events / of));
    const totals = { entries: '200', amount: '20100' };
    expect(report).toMatchObject({
      generation: 2,
      events: 200,
      before: totals,
      after: totals,
      differences: [],
    });
    expect(seen.at(-1)).toBe(1);
    expect(await generations()).toEqual(['1 previous', '2 live']);
    expect(
      await stage.rows(
        `select schemaname from pg_indexes where indexname = 'journal_event' and schemaname = 'toy_ledger_g2'`,
      ),
    ).toHaveLength(1);

    await runner.rebuild('toy-ledger');
    expect(await generations()).toEqual(['2 previous', '3 live']);
    expect(await stage.rows(`select nspname from pg_namespace where nspname = 'toy_ledger_g1'`)).toEqual([]);
    expect(await stage.toyFigures()).toEqual(figuresOf(200));
  });

  it('switches while writers write and readers read, and misses nothing', async () => {
    await append(stage.store, deposits(0, 100));
    const runner = await stage.started(toyProjection(), { batchSize: 20 });
    await runner.caughtUp(PATIENCE);
    let written = 100;
    let rebuilt = false;
    const writing = (async () => {
      while (!rebuilt) {
        const position = await append(stage.store, deposits(written, written + 5));
        written += 5;
        expect(await runner.waitFor(position, PATIENCE)).toBe(true);
        const figures = await stage.toyFigures();
        expect(figures).toEqual(figuresOf(figures.entries));
        expect(figures.entries).toBeGreaterThanOrEqual(written);
      }
    })();
    const report = await runner.rebuild('toy-ledger');
    rebuilt = true;
    await writing;
    expect(report.differences).toEqual([]);
    expect(report.after['entries']).toBe(report.before!['entries']);
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(written));
    expect(await generations()).toEqual(['1 previous', '2 live']);
  });

  it.each([
    ['journal', 'balance'],
    ['balance', 'journal'],
  ])(
    'waits for whoever reads %s and then %s, and ends nobody; nor when it is taken back',
    async (...views) => {
      await append(stage.store, deposits(0, 10));
      const runner = await stage.started(toyProjection());
      await runner.caughtUp(PATIENCE);
      expect(await amidReading(views, () => runner.rebuild('toy-ledger'))).toMatchObject({
        generation: 2,
        differences: [],
      });
      expect(await amidReading(views, () => runner.rollback('toy-ledger'))).toBe(1);
    },
  );

  it('says which totals differ when the tables had been tampered with', async () => {
    await append(stage.store, deposits(0, 10));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    await stage.rows(`update toy_ledger_g1.balance set amount = amount + 1 where stream = 'account-3'`);
    const report = await runner.rebuild('toy-ledger');
    expect(report.differences).toEqual(['amount']);
    expect(await stage.toyFigures()).toEqual(figuresOf(10));
  });

  it('runs from another process than the one at work, which goes on with the new tables', async () => {
    await append(stage.store, deposits(0, 30));
    const atWork = await stage.started(toyProjection());
    await atWork.caughtUp(PATIENCE);
    await stage.runner([toyProjection()]).rebuild('toy-ledger');
    await append(stage.store, deposits(30, 40));
    expect(await atWork.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(40));
    expect(await generations()).toEqual(['1 previous', '2 live']);
  });

  it('is not done twice at once', async () => {
    await append(stage.store, deposits(0, 30));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    const gate = new Gate();
    const slow = stage.runner([toyProjection({ beforeWrite: () => gate.pass() })], { leaseMs: 30_000 });
    const first = slow.rebuild('toy-ledger');
    await gate.reached;
    await expect(runner.rebuild('toy-ledger')).rejects.toMatchObject({ code: 'projection.rebuildRunning' });
    expect((await runner.status())[0]).toMatchObject({ state: 'rebuilding', generation: 1 });
    gate.open();
    expect(await first).toMatchObject({ generation: 2 });
  });

  it('goes on where it was cut off', async () => {
    await append(stage.store, deposits(0, 100));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    let batches = 0;
    const breaking = toyProjection({
      beforeWrite: () => {
        if (++batches === 4) throw Object.assign(new Error('gone'), { code: '57P01' });
      },
    });
    const broken = stage.runner([breaking], { batchSize: 20 });
    await expect(broken.rebuild('toy-ledger')).rejects.toThrow('gone');
    const report = await runner.rebuild('toy-ledger');
    expect(report).toMatchObject({ generation: 2, events: 40, differences: [] });
    expect(await stage.toyFigures()).toEqual(figuresOf(100));
  });

  it('goes on where its indexes were made and nothing was derived', async () => {
    await append(stage.store, deposits(0, 50));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    const failing = stage.runner([
      toyProjection({ derivations: [{ fills: [], derive: (client) => client.query('select 1 / 0') }] }),
    ]);
    await expect(failing.rebuild('toy-ledger')).rejects.toThrow('division by zero');
    expect(
      await stage.rows(
        `select from pg_indexes where schemaname = 'toy_ledger_g2' and indexname = 'journal_event'`,
      ),
    ).toHaveLength(1);
    const deriving = toyProjection({
      derivations: [{ fills: [], derive: (client) => client.query('update balance set amount = amount') }],
    });
    const report = await stage.runner([deriving]).rebuild('toy-ledger');
    expect(report).toMatchObject({ generation: 2, differences: [] });
    expect(await stage.toyFigures()).toEqual(figuresOf(50));
  });

  it('derives along with its reading what can be derived early, and at the end what a step failed at', async () => {
    await append(stage.store, deposits(0, 100));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    const found: string[] = [];
    const look: Work = async (client) => {
      const { rows } = await client.query<{ entries: string }>(
        'select count(*)::text as entries from journal',
      );
      found.push(rows[0]!.entries);
    };
    const failing: Work = (client) => client.query('select 1 / 0');
    const deriving = toyProjection({
      derivations: [
        { fills: [], along: look, derive: look },
        { fills: ['balance'], along: failing, derive: look },
      ],
    });
    const rebuilding = stage.runner([deriving], { batchSize: 1 });
    expect(await rebuilding.rebuild('toy-ledger')).toMatchObject({ generation: 2, differences: [] });
    expect(Number(found[0])).toBeGreaterThanOrEqual(5);
    expect(found.slice(-2)).toEqual(['100', '100']);
    expect(found.length).toBeGreaterThan(2);
    expect(await stage.toyFigures()).toEqual(figuresOf(100));
  });

  it('can be taken back; the generation before goes on from where it was left', async () => {
    await append(stage.store, deposits(0, 10));
    const runner = await stage.started(toyProjection());
    await runner.caughtUp(PATIENCE);
    await expect(runner.rollback('toy-ledger')).rejects.toMatchObject({ code: 'projection.noPrevious' });
    await runner.rebuild('toy-ledger');
    await append(stage.store, deposits(10, 20));
    await runner.caughtUp(PATIENCE);
    expect(await runner.rollback('toy-ledger')).toBe(1);
    await append(stage.store, [deposit(20)]);
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(21));
    expect(await generations()).toEqual(['1 live', '2 previous']);
  });
});

describe('a new version of the tables', () => {
  it('is built by itself beside the old one, which is read until then', async () => {
    await append(stage.store, deposits(0, 50));
    const old = await stage.started(toyProjection());
    await old.caughtUp(PATIENCE);
    await old.stop();
    await append(stage.store, deposits(50, 60));
    const gate = new Gate();
    const runner = await stage.started(toyProjection({ version: 2, beforeWrite: () => gate.pass() }));
    await gate.reached;
    expect(await stage.toyFigures()).toEqual(figuresOf(50));
    gate.open();
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(60));
    expect(await stage.rows('select distinct built_by from read.journal')).toEqual([{ built_by: 2 }]);
    expect((await runner.status())[0]).toMatchObject({ generation: 2, version: 2, state: 'running' });
    await expect(runner.rollback('toy-ledger')).rejects.toMatchObject({ code: 'projection.otherVersion' });
  });

  it('is left alone by an older program, which says so', async () => {
    const newer = await stage.started(toyProjection({ version: 2 }));
    await newer.stop();
    const older = await stage.started(toyProjection());
    expect((await older.status())[0]?.error).toContain('请升级程序');
    expect(await generations()).toEqual(['1 live']);
  });
});
