import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { newId } from '#libs/kernel/ids.js';
import {
  appendOne,
  aRequest,
  eventsIn,
  feedUntil,
  idsOf,
  isCaughtUp,
  storeOne,
  streamOf,
} from '../conformance/examples.js';
import { CommandReused, OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { EventStore } from '../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';
import { SchemaTooNew } from './schema.js';
import { answerLosingProxy } from './testing/answer-losing-proxy.js';

let database: TestDatabase;
let store: EventStore;
let observer: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  store = await openPostgresEventStore(database.connectionString, { pollInterval: 50 });
  observer = new pg.Client({ connectionString: database.connectionString });
  await observer.connect();
});

afterEach(async () => {
  await store.close();
  await observer.end();
  await database.drop();
});

/** Process id of the backend that waits for a lock; looks until there is one. */
async function blockedBackend(): Promise<number> {
  for (;;) {
    const { rows } = await observer.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0]) return rows[0].pid;
    // In a transaction the server would show the same list each time.
    await observer.query('select pg_stat_clear_snapshot()');
  }
}

/** Appends while another session holds a lock, ends the writer's backend amid it, and lets go of the lock. */
async function appendAndTerminate(lock: string, request: ReturnType<typeof aRequest>): Promise<unknown> {
  await observer.query('begin');
  await observer.query(lock);
  const failure = appendOne(store, request).catch((error: unknown) => error);
  await observer.query('select pg_terminate_backend($1)', [await blockedBackend()]);
  const error = await failure;
  await observer.query('rollback');
  return error;
}

describe('PostgreSQL fails', () => {
  test('nobody listens: the store is unavailable', async () => {
    await expect(openPostgresEventStore('postgres://nobody@127.0.0.1:1/none')).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
  });

  test('the connection ends before anything was stored: unavailable, and the next try stores it', async () => {
    const request = aRequest('project-a', 'none', 2);
    const error = await appendAndTerminate('select from event_store.head for update', request);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'appended', revision: 1 });
  });

  test('the connection ends with the commit under way: unknown, and the same command is stored once', async () => {
    const request = aRequest('project-a', 'none', 2);
    const error = await appendAndTerminate('lock table event_store.events in share mode', request);
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'appended', revision: 1 });
    expect(idsOf(await streamOf(store, 'project-a'))).toEqual(idsOf(request.events));
  });

  test('the answer to the commit is lost: unknown, and the same command is answered as done', async () => {
    const proxy = await answerLosingProxy(database.connectionString);
    const far = await openPostgresEventStore(proxy.connectionString);
    await storeOne(far, aRequest('project-a', 'none'));
    const request = aRequest('project-a', 0, 2);
    proxy.loseNextCommit();
    await expect(far.append([request])).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await appendOne(far, request)).toMatchObject({ outcome: 'repeated', revision: 2 });
    expect(await streamOf(store, 'project-a')).toHaveLength(3);
    await far.close();
    await proxy.close();
  });

  test('the head stays locked by another: unavailable after the statement timeout', async () => {
    const hasty = await openPostgresEventStore(database.connectionString, { statementTimeout: 1_000 });
    const request = aRequest('project-a', 'none');
    await observer.query('begin');
    await observer.query('select from event_store.head for update');
    await expect(hasty.append([request])).rejects.toBeInstanceOf(StoreUnavailable);
    await observer.query('rollback');
    expect(await appendOne(hasty, request)).toMatchObject({ outcome: 'appended' });
    await hasty.close();
  });

  test('all connections end: the feed goes on where it was', async () => {
    const first = aRequest('project-a', 'none', 2);
    const second = aRequest('project-a', 1, 2);
    await store.append([first]);
    let broken = false;
    const items = await feedUntil(store, {}, async (all) => {
      if (isCaughtUp(all) && !broken) {
        broken = true;
        await observer.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        );
        await untilStored(second);
      }
      return eventsIn(all).length === 4;
    });
    expect(idsOf(eventsIn(items))).toEqual(idsOf([...first.events, ...second.events]));
  });

  /** As a caller does: the same command again until it is answered. */
  async function untilStored(request: ReturnType<typeof aRequest>): Promise<void> {
    for (;;) {
      try {
        await storeOne(store, request);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
      }
    }
  }
});

describe('what the database itself holds to', () => {
  test.each([
    'update event_store.events set type = type',
    'update event_store.events set type = type where false',
    'delete from event_store.events',
    'truncate event_store.events',
    'delete from event_store.commands',
    'update event_store.commands set digest = digest',
    'truncate event_store.commands',
  ])('append-only: %s is refused', async (statement) => {
    await storeOne(store, aRequest('project-a', 'none'));
    await expect(observer.query(statement)).rejects.toThrow('append-only');
    expect(await streamOf(store, 'project-a')).toHaveLength(1);
  });

  test('positions are counted without gaps, over refused and failed appends', async () => {
    await storeOne(store, aRequest('project-a', 'none', 2));
    await appendOne(store, aRequest('project-a', 'none', 2));
    await appendAndTerminate('lock table event_store.events in share mode', aRequest('project-b', 'none'));
    await storeOne(store, aRequest('project-a', 1, 2));
    const { rows } = await observer.query(
      'select array_agg(position::int order by position) as positions from event_store.events',
    );
    expect(rows).toEqual([{ positions: [1, 2, 3, 4] }]);
  });

  test('an event id is stored once in the whole store', async () => {
    const request = aRequest('project-a', 'none', 2);
    await storeOne(store, request);
    const thief = aRequest('project-b', 'none', [request.events[1]!]);
    const result = await appendOne(store, thief);
    expect(result.outcome === 'refused' && result.error).toBeInstanceOf(CommandReused);
    const half = aRequest('project-a', 1, [request.events[1]!, ...aRequest('x', 'any').events]);
    expect(await appendOne(store, half)).toMatchObject({ outcome: 'refused' });
  });

  test('a command is remembered over the whole store, also with the same digest', async () => {
    const request = aRequest('project-a', 'none');
    await storeOne(store, request);
    const elsewhere = { ...aRequest('project-b', 'none'), command: request.command };
    expect(await appendOne(store, elsewhere)).toMatchObject({ outcome: 'refused' });
  });

  test('processes that start at once install the schema once', async () => {
    const fresh = await testDatabase();
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openPostgresEventStore(fresh.connectionString)),
    );
    const ids = await Promise.all(stores.map((each) => each.storeId()));
    expect(new Set(ids).size).toBe(1);
    await Promise.all(stores.map((each) => each.close()));
    await fresh.drop();
  });

  test('a schema of a later program is left alone', async () => {
    await observer.query('update event_store.meta set schema_version = 99');
    await expect(openPostgresEventStore(database.connectionString)).rejects.toBeInstanceOf(SchemaTooNew);
  });

  test('an empty store has no last position; then it is that of the last event', async () => {
    expect(await store.lastPosition()).toBeUndefined();
    const { position } = await storeOne(store, aRequest('project-a', 'none', 3));
    expect(await store.lastPosition()).toBe(position);
  });

  test('the requests of one append stand next to each other among those of other writers', async () => {
    const calls = Array.from({ length: 16 }, () => {
      const streams = Array.from({ length: 4 }, () => `project-${newId()}`);
      return streams.map((stream) => aRequest(stream, 'none', 2));
    });
    const results = await Promise.all(calls.map((requests) => store.append(requests)));
    for (const call of results) {
      const orders = call.map((result) =>
        'position' in result ? parseInt(result.position.slice(37), 16) : NaN,
      );
      expect(orders).toEqual(orders.map((_, n) => orders[0]! + 2 * n));
    }
  });
});
