import { append, deposit, deposits } from './testing/accounts.js';
import { Gate } from './testing/gate.js';
import { figuresOf, PATIENCE, Stage } from './testing/stage.js';
import { toyProjection } from './testing/toy-projection.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

/** As if the holder had not renewed in time: these workers are only asleep in part, their timers go on. */
const LOSE_LEASES = `update runtime.projection_lease set expires_at = 'epoch', owner = 'nobody'`;

describe('exactly once', () => {
  it('when the connection is cut between the writes and the commit, again and again', async () => {
    let cuts = 5;
    const projection = toyProjection({
      beforeWrite: async (_events, client) => {
        if (cuts-- <= 0) return;
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        await stage.rows('select pg_terminate_backend($1)', [rows[0]!.pid]);
      },
    });
    await append(stage.store, deposits(0, 300));
    const runner = await stage.started(projection, { batchSize: 100 });
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(300));
    expect(stage.problems).toHaveLength(5);
  });

  it('when a commit arrives but its answer does not', async () => {
    let cut = false;
    const projection = toyProjection({
      beforeWrite: (_events, client) => {
        if (cut) return;
        cut = true;
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        const commitThenFail = async (...args: unknown[]): Promise<unknown> => {
          const answer = await query(...args);
          if (args[0] === 'commit') {
            Object.assign(client, { query });
            throw new Error('Connection terminated unexpectedly');
          }
          return answer;
        };
        Object.assign(client, { query: commitThenFail });
      },
    });
    await append(stage.store, deposits(0, 250));
    const runner = await stage.started(projection, { batchSize: 100 });
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(250));
  });

  it('when a batch meets a deadlock or a serialization failure', async () => {
    const failures = ['40001', '40P01', '53300'];
    const projection = toyProjection({
      beforeWrite: () => {
        const code = failures.pop();
        if (code) throw Object.assign(new Error('try again'), { code });
      },
    });
    await append(stage.store, deposits(0, 50));
    const runner = await stage.started(projection);
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(50));
    const [status] = await runner.status();
    expect(status).toMatchObject({ state: 'running' });
    expect(status).not.toHaveProperty('error');
  });
});

describe('two processes', () => {
  it('one works, the other takes over when it stops', async () => {
    const first = await stage.started(toyProjection());
    await first.caughtUp(PATIENCE);
    const second = await stage.started(toyProjection());
    await append(stage.store, deposits(0, 10));
    expect(await second.caughtUp(PATIENCE)).toBe(true);
    await first.stop();
    await append(stage.store, deposits(10, 20));
    expect(await second.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(20));
  });

  it('a worker that slept before its batch cannot write once another took over', async () => {
    const asleep = new Gate();
    const sleeper = toyProjection();
    const feed = stage.store.feed.bind(stage.store);
    const store = Object.assign(Object.create(stage.store) as typeof stage.store, {
      async *feed(options: Parameters<typeof feed>[0]) {
        for await (const item of feed(options)) {
          if (item.kind === 'event') await asleep.pass();
          yield item;
        }
      },
    });
    await stage.started(sleeper, { store });
    await append(stage.store, deposits(0, 10));
    await asleep.reached;
    await stage.rows(LOSE_LEASES);

    const other = await stage.started(toyProjection());
    expect(await other.caughtUp(PATIENCE)).toBe(true);
    asleep.open();
    await append(stage.store, deposits(10, 20));
    expect(await other.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(20));
  });

  it('a worker that sleeps inside its transaction is cut off, and cannot commit when it wakes', async () => {
    const asleep = new Gate();
    await append(stage.store, deposits(0, 10));
    const sleeper = await stage.started(toyProjection({ beforeWrite: () => asleep.pass() }), {
      leaseMs: 500,
    });
    await asleep.reached;
    await stage.rows(LOSE_LEASES);

    const other = await stage.started(toyProjection());
    expect(await other.caughtUp(PATIENCE)).toBe(true);
    asleep.open();
    await sleeper.stop();
    expect(await stage.toyFigures()).toEqual(figuresOf(10));
  });

  it('who takes over waits for the batch that is being committed, and goes on behind it', async () => {
    const writing = new Gate();
    await append(stage.store, deposits(0, 10));
    await stage.started(toyProjection({ beforeWrite: () => writing.pass() }), { leaseMs: 60_000 });
    await writing.reached;
    await stage.rows(LOSE_LEASES);
    const other = await stage.started(toyProjection());
    const waiting = 'select from pg_locks where not granted';
    while ((await stage.rows(waiting)).length === 0);
    writing.open();
    await append(stage.store, deposits(10, 20));
    expect(await other.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(20));
    const epochs = `select checkpoint.epoch, lease.epoch as held from runtime.projection_checkpoint as checkpoint
      join runtime.projection_lease as lease using (projection, generation)`;
    expect(await stage.rows(epochs)).toEqual([{ epoch: '2', held: '2' }]);
    expect(stage.problems).toEqual([]);
  });

  it('many compete and every event is applied once', async () => {
    const runners = await Promise.all(
      Array.from({ length: 4 }, () => stage.started(toyProjection(), { batchSize: 10 })),
    );
    for (let n = 0; n < 20; n++) {
      await append(stage.store, deposits(n * 25, n * 25 + 25));
      if (n % 5 === 0) await stage.rows(LOSE_LEASES);
    }
    expect(await runners[0]!.caughtUp(PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(500));
  });
});

describe('an event that cannot be applied', () => {
  const poison = deposit(42, { data: { amount: 'poison' } });
  const events = [...deposits(0, 42), poison, ...deposits(43, 100)];

  it('halts a projection that counts money, with everything before it applied and a clear report', async () => {
    await append(stage.store, events);
    const runner = await stage.started(toyProjection());
    expect(await runner.caughtUp(PATIENCE)).toBe(false);
    expect(await stage.toyFigures()).toEqual(figuresOf(42));
    const [status] = await runner.status();
    expect(status?.error).toContain('poison');
    expect(status).toMatchObject({
      state: 'halted',
      haltEvent: { id: poison.events[0]!.id, type: 'Deposited', stream: 'account-2', revision: 4 },
      applied: 42,
      lagEvents: 58,
    });
  });

  it('is tried again by the next program, and the report goes away', async () => {
    await append(stage.store, events);
    const first = await stage.started(toyProjection());
    await first.caughtUp(PATIENCE);
    await first.stop();
    const mended = toyProjection();
    const second = await stage.started({
      ...mended,
      apply: (batch, client) =>
        mended.apply(
          batch.map((event) =>
            event.data['amount'] === 'poison' ? { ...event, data: { amount: 43 } } : event,
          ),
          client,
        ),
    });
    await append(stage.store, deposits(100, 101));
    expect(await second.waitFor((await stage.store.lastPosition())!, PATIENCE)).toBe(true);
    expect(await stage.toyFigures()).toEqual(figuresOf(101));
    expect((await second.status())[0]).not.toHaveProperty('haltEvent');
  });

  it('parks that stream elsewhere, in order, and says that reports are incomplete', async () => {
    await append(stage.store, events);
    const runner = await stage.started(toyProjection({ onPoison: 'park' }), { batchSize: 30 });
    expect(await runner.caughtUp(PATIENCE)).toBe(true);
    const parked = await stage.rows<{ stream: string; revision: number; error: string | null }>(
      'select stream, revision, error from runtime.parked_event order by position',
    );
    expect(parked.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual(
      [4, 5, 6, 7, 8, 9].map((revision) => `account-2@${revision}`),
    );
    expect(parked.map(({ error }) => error !== null)).toEqual([true, false, false, false, false, false]);
    expect((await stage.toyFigures()).entries).toBe(94);
    expect((await runner.status())[0]).toMatchObject({
      state: 'running',
      parked: 6,
      incomplete: true,
      applied: 94,
    });
    expect(await runner.audit('toy-ledger')).toMatchObject({
      inStore: 100,
      delivered: 100,
      parked: 6,
      missing: 0,
    });

    await runner.stop();
    const again = await stage.started(toyProjection({ onPoison: 'park' }));
    await append(stage.store, [deposit(102)]);
    await again.caughtUp(PATIENCE);
    expect((await again.status())[0]).toMatchObject({ parked: 7 });
  });

  it('halts any projection when it is the program that is wrong', async () => {
    await append(stage.store, deposits(0, 3));
    const runner = await stage.started(
      toyProjection({
        onPoison: 'park',
        beforeWrite: async (_events, client) => void (await client.query('insert into absent values (1)')),
      }),
    );
    expect(await runner.caughtUp(PATIENCE)).toBe(false);
    expect((await runner.status())[0]).toMatchObject({ state: 'halted', parked: 0 });
  });
});
