import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { AppendRequest, EventStore, NewEvent, Position } from '#libs/event-store/port.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { median, type BenchRow } from './bench-row.js';
import { RAW_INSERT, RAW_TABLE, smallEvent, smallRawBatch } from './raw-table.js';

const CLIENTS = 32;
const SINGLES = 8_000;
const BATCHES = 40;
const BATCH = 1_000;
const READ = SINGLES + BATCHES * BATCH;
/** The rivals take turns, and the median of the rounds counts: the machine is not always equally free. */
const ROUNDS = 3;

const RAW_READ = `
  select position, stream, revision, id, type, data, metadata from bench_raw.events
  where position > $1 order by position limit 5000`;

interface Bench {
  readonly pool: pg.Pool;
  readonly store: EventStore;
}

type Measured = (bench: Bench) => Promise<number>;

const CASES: readonly { name: string; run: Measured; rival?: string }[] = [
  { name: `raw insert + commit, ${CLIENTS} connections`, run: rawSingles },
  {
    name: `append of one event, ${CLIENTS} clients`,
    run: singles,
    rival: `raw insert + commit, ${CLIENTS} connections`,
  },
  { name: `raw unnest insert of ${BATCH}`, run: rawBatches(() => 0) },
  { name: `raw unnest insert of ${BATCH}, each into a stream of its own`, run: rawBatches((n) => n) },
  {
    name: `append of ${BATCH} requests, each to a stream of its own`,
    run: manyRequests,
    rival: `raw unnest insert of ${BATCH}, each into a stream of its own`,
  },
  {
    name: `append of one request of ${BATCH} events`,
    run: largeRequests,
    rival: `raw unnest insert of ${BATCH}`,
  },
  { name: 'raw paged read', run: rawRead },
  { name: 'feed', run: feedRead, rival: 'raw paged read' },
];

/**
 * Appending and reading through the port against bare SQL on the same database, in one run.
 * Leaves its events in the event store of that database: give it one of its own.
 */
export async function benchAppend(connectionString: string): Promise<BenchRow[]> {
  const pool = new pg.Pool({ connectionString, max: CLIENTS });
  const store = await openPostgresEventStore(connectionString);
  await pool.query(RAW_TABLE);
  const speeds = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, run } of CASES) {
      speeds.set(name, [...(speeds.get(name) ?? []), await run({ pool, store })]);
    }
  }
  await pool.query('drop schema bench_raw cascade');
  await store.close();
  await pool.end();
  return CASES.map(({ name, rival }) => rowOf(speeds, name, rival));
}

function rowOf(speeds: ReadonlyMap<string, number[]>, name: string, rival: string | undefined): BenchRow {
  const own = speeds.get(name) ?? [];
  const perSecond = Math.round(median(own));
  if (rival === undefined) return { name, perSecond };
  const other = speeds.get(rival) ?? [];
  return {
    name,
    perSecond,
    ratioTo: { name: rival, ratio: median(own.map((speed, n) => speed / other[n]!)) },
  };
}

async function speed(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** So many workers take the next number until there are none. */
async function inParallel(
  workers: number,
  count: number,
  work: (n: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

const aRequest = (events: readonly NewEvent[]): AppendRequest => ({
  stream: `project-${randomUUID()}`,
  expected: 'none',
  events,
  command: { id: randomUUID(), digest: 'f'.repeat(64) },
});

const someEvents = (from: number): NewEvent[] =>
  Array.from({ length: BATCH }, (_, n) => smallEvent(from + n));

async function rawSingles({ pool }: Bench): Promise<number> {
  return speed(SINGLES, () =>
    inParallel(CLIENTS, SINGLES, (n) =>
      pool.query({
        name: 'one',
        text: RAW_INSERT,
        values: [
          `project-${randomUUID()}`,
          0,
          randomUUID(),
          'FundsAllocated',
          JSON.stringify(smallEvent(n).data),
          '{}',
        ],
      }),
    ),
  );
}

async function singles({ store }: Bench): Promise<number> {
  return speed(SINGLES, () =>
    inParallel(CLIENTS, SINGLES, (n) => appendAll(store, [aRequest([smallEvent(n)])])),
  );
}

/** `streamOf`: which stream of the batch its n-th event goes to. */
function rawBatches(streamOf: (n: number) => number): Measured {
  return ({ pool }) =>
    speed(BATCHES * BATCH, () =>
      inParallel(1, BATCHES, (batch) => {
        const events = someEvents(batch * BATCH);
        const streams = events.map(() => `project-${randomUUID()}`);
        return smallRawBatch(
          pool,
          events,
          events.map((_, n) => streams[streamOf(n)]!),
        );
      }),
    );
}

async function manyRequests({ store }: Bench): Promise<number> {
  return speed(BATCHES * BATCH, () =>
    inParallel(1, BATCHES, (n) =>
      appendAll(
        store,
        someEvents(n * BATCH).map((event) => aRequest([event])),
      ),
    ),
  );
}

async function largeRequests({ store }: Bench): Promise<number> {
  return speed(BATCHES * BATCH, () =>
    inParallel(1, BATCHES, (n) => appendAll(store, [aRequest(someEvents(n * BATCH))])),
  );
}

async function appendAll(store: EventStore, requests: readonly AppendRequest[]): Promise<void> {
  for (const result of await store.append(requests))
    if (result.outcome !== 'appended') throw new Error('not stored');
}

async function rawRead({ pool }: Bench): Promise<number> {
  const { rows } = await pool.query<{ last: string }>('select max(position) as last from bench_raw.events');
  let position = Math.max(0, Number(rows[0]?.last) - READ);
  let count = 0;
  return speed(READ, async () => {
    while (count < READ) {
      const page = await pool.query<{ position: string }>({
        name: 'read',
        text: RAW_READ,
        values: [position],
      });
      count += page.rows.length;
      if (page.rows.length === 0) return;
      position = Number(page.rows.at(-1)?.position);
    }
  });
}

async function feedRead({ store }: Bench): Promise<number> {
  const last = await store.lastPosition();
  const [id, order] = (last ?? '').split(':');
  const after = `${id}:${(parseInt(order ?? '', 16) - READ).toString(16).padStart(16, '0')}` as Position;
  const stop = new AbortController();
  return speed(READ, async () => {
    for await (const item of store.feed({ after, signal: stop.signal })) {
      if (item.kind === 'caughtUp') stop.abort();
    }
  });
}
