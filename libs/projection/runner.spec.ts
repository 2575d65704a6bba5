import { ForeignPosition } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { FeedItem, FeedOptions } from '#libs/event-store/port.js';
import { ForeignCheckpoint } from './errors.js';
import { append, deposit, deposits } from './testing/accounts.js';
import { figuresOf, PATIENCE, Stage } from './testing/stage.js';
import type { ProjectionRunner } from './runner.js';
import { toyProjection } from './testing/toy-projection.js';

/** Counts how often its feed is read. */
class WatchedStore extends MemoryEventStore {
  feeds = 0;

  override feed(options: FeedOptions): AsyncIterable<FeedItem> {
    this.feeds += 1;
    return super.feed(options);
  }
}

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe('a running projection', () => {
  it('applies what is stored and what comes, and lets a writer wait for its own write', async () => {
    await append(stage.store, deposits(0, 250));
    const runner = await stage.started(toyProjection(), { batchSize: 100 });
    const position = await append(stage.store, deposits(250, 300));
    expect(await runner.waitFor(position, PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(300));
  });

  it('comes up with a store that has no event, its views in place', async () => {
    const runner = await stage.started(toyProjection());
    expect(await stage.toyFigures()).toEqual(figuresOf(0));
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    await append(stage.store, [deposit(0)]);
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(1));
  });

  it('reaches positions of events that are none of its own', async () => {
    const runner = await stage.started(toyProjection());
    const position = await append(stage.store, [deposit(0, { prefix: 'other' })]);
    expect(await runner.waitFor(position, PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(0));
  });

  it('goes on where it was after a restart', async () => {
    const first = await stage.started(toyProjection());
    await append(stage.store, deposits(0, 10));
    await first.caughtUp(PATIENCE);
    await first.stop();
    await append(stage.store, deposits(10, 30));
    const second = await stage.started(toyProjection());
    expect(await second.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(30));
  });

  it('gives the same tables whatever the batches', async () => {
    await append(stage.store, deposits(0, 97));
    for (const batchSize of [1, 7, 96, 5_000]) {
      const name = `toy-${batchSize}`;
      const projection = { ...toyProjection({ name }), views: [] };
      const runner = await stage.started(projection, { batchSize });
      await runner.caughtUp(PATIENCE);
      const [sum] = await stage.rows(
        `select sum(amount)::int as amount, sum(events)::int as events from toy_${batchSize}_g1.balance`,
      );
      expect(sum).toEqual({ amount: (97 * 98) / 2, events: 97 });
      await runner.stop();
    }
  });
});

describe('waiting', () => {
  it('gives up after its time', async () => {
    const runner = stage.runner([toyProjection()]);
    await runner.prepare();
    const position = await append(stage.store, [deposit(0)]);
    expect(await runner.waitFor(position, { timeoutMs: 1 })).toBe(false);
  });

  it('works in a process that does not run the projections', async () => {
    const reader = stage.runner([toyProjection()]);
    await stage.started(toyProjection());
    const position = await append(stage.store, deposits(0, 3));
    expect(await reader.waitFor(position, PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(3));
  });

  it('refuses a position of another store', async () => {
    const runner = await stage.started(toyProjection());
    await append(stage.store, [deposit(0)]);
    await runner.caughtUp(PATIENCE);
    const elsewhere = await append(new MemoryEventStore(), [deposit(0)]);
    await expect(runner.waitFor(elsewhere, PATIENCE)).rejects.toThrow(ForeignPosition);
  });

  it('hears again after its connection was cut', async () => {
    const runner = await stage.started(toyProjection());
    await append(stage.store, [deposit(0)]);
    await runner.caughtUp(PATIENCE);
    await stage.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'taizhang projection signals' and datname = current_database()`,
    );
    await append(stage.store, [deposit(1)]);
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
  });
});

describe('on demand', () => {
  const [read, unread] = ['toy-ledger', 'unread-ledger'].map((name) => toyProjection({ name }));
  const onDemand = async (): Promise<ProjectionRunner> => {
    const runner = stage.runner([read!, { ...unread!, views: [] }]);
    await runner.startOnDemand();
    return runner;
  };
  const stands = async (): Promise<Record<string, unknown>> => {
    const rows = await stage.rows<{ projection: string; delivered: number }>(
      'select projection, delivered::int from runtime.projection_checkpoint order by projection',
    );
    return Object.fromEntries(rows.map(({ projection, delivered }) => [projection, delivered]));
  };
  const wait = { ...PATIENCE, names: ['toy-ledger'] };

  it('works on what is waited for, from then on, and on nothing else', async () => {
    await append(stage.store, deposits(0, 10));
    const runner = await onDemand();
    expect(await runner.caughtUp(wait)).toBe(true);
    await append(stage.store, deposits(10, 20));
    expect((await Promise.all([runner.caughtUp(wait), runner.caughtUp(wait)])).every(Boolean)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(20));
    expect(await stands()).toEqual({ 'toy-ledger': 20, 'unread-ledger': 0 });
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stands()).toEqual({ 'toy-ledger': 20, 'unread-ledger': 20 });
  });

  it('leaves alone what needs no work', async () => {
    await append(stage.store, deposits(0, 10));
    const first = await onDemand();
    await first.caughtUp(wait);
    const finished = `select from runtime.projection_checkpoint where projection = 'toy-ledger' and indexed`;
    while ((await stage.rows(finished)).length === 0);
    await first.stop();
    const leases = 'select projection, epoch from runtime.projection_lease';
    const before = await stage.rows(leases);
    expect(await (await onDemand()).caughtUp(wait)).toBe(true);
    expect(await stage.rows(leases)).toEqual(before);
  });

  it('answers from tables of its own version, also where older ones have come as far', async () => {
    await append(stage.store, deposits(0, 10));
    const first = await onDemand();
    await first.caughtUp(wait);
    await first.stop();
    const newer = stage.runner([toyProjection({ name: 'toy-ledger', version: 2 })]);
    await newer.startOnDemand();
    expect(await newer.caughtUp(wait)).toBe(true);
    expect(await stage.rows('select distinct built_by from read.journal')).toEqual([{ built_by: 2 }]);
    expect(await stage.toyFigures()).toEqual(figuresOf(10));
  });

  it('tries an event again that halted an earlier process', async () => {
    await append(stage.store, [deposit(0, { data: { amount: 'poison' } })]);
    const runner = await onDemand();
    expect(await runner.caughtUp(wait)).toBe(false);
    await runner.stop();
    const mended = { ...read!, apply: (events: readonly unknown[]) => Promise.resolve(events.length) };
    const next = stage.runner([mended]);
    await next.startOnDemand();
    expect(await next.caughtUp(wait)).toBe(true);
  });
});

describe('another event store', () => {
  it('is refused with a word on what to do, and taken over by a rebuild', async () => {
    const first = await stage.started(toyProjection());
    await append(stage.store, deposits(0, 5));
    await first.caughtUp(PATIENCE);
    await first.stop();

    const store = new MemoryEventStore();
    await append(store, deposits(0, 3));
    const second = stage.runner([toyProjection()], { store });
    await expect(second.start()).rejects.toThrow(ForeignCheckpoint);
    const [before] = await second.status();
    expect(before?.error).toContain('rebuild toy-ledger');
    expect(await stage.toyFigures()).toEqual(figuresOf(5));

    const report = await second.rebuild('toy-ledger');
    expect(report).toMatchObject({ generation: 2, comparedAt: null, before: null });
    await second.start();
    await append(store, [deposit(3)]);
    expect(await second.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(4));
  });
});

describe('status and audit', () => {
  it('tell how far behind a projection is, and what of it is applied', async () => {
    const runner = stage.runner([toyProjection()]);
    await runner.prepare();
    const recordedAt = new Date(Date.now() - 60_000).toISOString();
    const [event] = deposit(0).events;
    await append(stage.store, [
      { ...deposit(0), events: [{ ...event!, metadata: { recordedAt } }] },
      deposit(1),
    ]);
    const [behind] = await runner.status();
    expect(behind).toMatchObject({
      name: 'toy-ledger',
      state: 'standby',
      lagEvents: 2,
      applied: 0,
      parked: 0,
    });
    expect(behind!.lagSeconds).toBeGreaterThanOrEqual(60);

    await runner.start();
    await runner.caughtUp(PATIENCE);
    const [upToDate] = await runner.status();
    expect(upToDate).toMatchObject({
      state: 'running',
      generation: 1,
      lagEvents: 0,
      lagSeconds: 0,
      applied: 2,
    });
    expect(upToDate).not.toHaveProperty('error');
  });

  it('read what a projection lacks once, however many ask, and not at all to say where it stands', async () => {
    const store = new WatchedStore();
    const runner = stage.runner([toyProjection()], { store });
    await runner.prepare();
    await append(store, [deposit(0)]);
    expect(await runner.standings()).toMatchObject([{ state: 'standby', applied: 0 }]);
    expect(store.feeds).toBe(0);
    const asked = await Promise.all([runner.status(), runner.status(), runner.status()]);
    for (const [status] of asked) expect(status).toMatchObject({ lagEvents: 1 });
    expect(store.feeds).toBe(1);
    await append(store, [deposit(1)]);
    expect(await runner.status()).toMatchObject([{ lagEvents: 2 }]);
  });

  it('tell no lag behind a store that the checkpoint is not of, though that store is empty', async () => {
    await append(stage.store, [deposit(0)]);
    const first = await stage.started(toyProjection());
    await first.caughtUp(PATIENCE);
    await first.stop();
    const [status] = await stage.runner([toyProjection()], { store: new MemoryEventStore() }).status();
    expect(status).toHaveProperty('error');
    expect(status).not.toHaveProperty('lagEvents');
    expect(status).not.toHaveProperty('lagSeconds');
  });

  it('find a hole that lag does not show', async () => {
    const runner = await stage.started(toyProjection());
    await append(stage.store, [...deposits(0, 20), deposit(0, { prefix: 'other' })]);
    await runner.caughtUp(PATIENCE);
    expect(await runner.audit('toy-ledger')).toMatchObject({
      inStore: 20,
      delivered: 20,
      applied: 20,
      missing: 0,
    });
    await stage.rows('update runtime.projection_checkpoint set delivered = delivered - 1');
    expect(await runner.audit('toy-ledger')).toMatchObject({ missing: 1 });
  });

  it('count again by themselves while it runs, and report a hole', async () => {
    const runner = await stage.started(toyProjection(), { auditEveryMs: 20 });
    await append(stage.store, deposits(0, 3));
    await runner.caughtUp(PATIENCE);
    await stage.rows('update runtime.projection_checkpoint set delivered = delivered - 1');
    await stage.problem(/toy-ledger 与事件库相差 1 条事件/u);
    const [status] = await runner.status();
    expect(status!.audited).toMatchObject({ missing: 1 });
  });

  it('refuse a name that is none', async () => {
    await expect(stage.runner([toyProjection()]).audit('nix')).rejects.toMatchObject({
      code: 'projection.unknown',
    });
  });
});
