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
import {
  AccessDenied,
  ForeignPosition,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '../errors.js';
import { makePosition, type EventStore } from '../port.js';
import { openEventStoreDb } from './open-eventstoredb.js';
import { DoubleLog } from './testing/double-log.js';
import { EventStoreDbDouble, type AppendFault } from './testing/eventstoredb-double.js';

describe('EventStoreDB adapter, when things go wrong (test double)', () => {
  let double: EventStoreDbDouble;
  let store: EventStore;
  const doubles: EventStoreDbDouble[] = [];
  const stores: EventStore[] = [];

  const start = async (log?: DoubleLog) => {
    const started = await new EventStoreDbDouble(log).start();
    doubles.push(started);
    return started;
  };
  const open = (connectionString: string) => {
    const opened = openEventStoreDb(connectionString, { retryDelay: () => 1 });
    stores.push(opened);
    return opened;
  };
  /** The fault befalls the next append to an application stream, or to the command streams. */
  const failNext = (fault: AppendFault, of: 'events' | 'command' = 'events') => {
    double.onAppend = (stream) => {
      if (stream.startsWith('taizhang-command-') !== (of === 'command')) return undefined;
      double.onAppend = () => undefined;
      return fault;
    };
  };

  beforeEach(async () => {
    double = await start();
    store = open(double.connectionString);
    await store.storeId();
  });
  afterEach(async () => {
    for (const opened of stores.splice(0)) await opened.close();
    for (const started of doubles.splice(0)) started.stop();
  });

  test('a reader who leaves a long stream early leaves no call behind, and the connection serves others', async () => {
    for (let part = 0; part < 5; part += 1) await storeOne(store, aRequest('s', 'any', 1_000));
    const left = new Promise<void>((resolve) => (double.onReadLeft = resolve));
    for await (const event of store.readStream('s')) {
      expect(event.revision).toBe(0);
      break;
    }
    await left;
    expect(await appendOne(store, aRequest('t', 'none'))).toMatchObject({ outcome: 'appended' });
  });

  test('the answer is lost after the write: unknown, and the repeated command is stored once', async () => {
    const request = aRequest('s', 'any', 3);
    failNext('answerLost');
    await expect(store.append([request])).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'repeated', revision: 2 });
    expect(await streamOf(store, 's')).toHaveLength(3);
  });

  test('the write is lost: unknown, and the repeated command is stored once', async () => {
    const request = aRequest('s', 'any', 3);
    failNext('lostUnstored');
    await expect(store.append([request])).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'appended', revision: 2 });
    expect(await streamOf(store, 's')).toHaveLength(3);
  });

  test('appends share a call: when it breaks, each is unknown or done, and all can be repeated', async () => {
    const requests = Array.from({ length: 40 }, (_, n) => aRequest(`s${n}`, 'none', 2));
    let left = 15;
    double.onAppend = (stream) => (stream.startsWith('s') && left-- === 0 ? 'answerLost' : undefined);
    const results = await Promise.allSettled(requests.map((request) => appendOne(store, request)));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) {
      expect([OutcomeUnknown, StoreUnavailable].some((kind) => failure instanceof kind)).toBe(true);
    }
    for (const request of requests) {
      expect(await appendOne(store, request)).toMatchObject({ revision: 1 });
      expect(await streamOf(store, request.stream)).toHaveLength(2);
    }
  });

  test('an append that is not answered in time leaves the call to others', async () => {
    const impatient = open(`${double.connectionString}&defaultDeadline=200`);
    await impatient.storeId();
    failNext('noAnswer');
    await expect(impatient.append([aRequest('s', 'none')])).rejects.toBeInstanceOf(OutcomeUnknown);
    const calls = double.calls;
    expect(await appendOne(impatient, aRequest('t', 'none'))).toMatchObject({ outcome: 'appended' });
    expect(double.calls).toBe(calls);
  });

  test('no answer within the deadline: unknown, and others may have written before the repetition', async () => {
    const impatient = open(`${double.connectionString}&defaultDeadline=50`);
    await impatient.storeId();
    const request = aRequest('s', 'any', 2);
    failNext('noAnswer');
    await expect(impatient.append([request])).rejects.toBeInstanceOf(OutcomeUnknown);
    await storeOne(store, aRequest('s', 1, 700));
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'repeated', revision: 1 });
    expect(await streamOf(store, 's')).toHaveLength(702);
  });

  test.each<AppendFault>(['answerLost', 'lostUnstored', 'turnedAway'])(
    'the command is not bound (%s): unavailable, no event is stored, and it may be repeated',
    async (fault) => {
      const request = aRequest('s', 'none', 2);
      failNext(fault, 'command');
      await expect(store.append([request])).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await streamOf(store, 's')).toHaveLength(0);
      expect(await appendOne(store, request)).toMatchObject({ outcome: 'appended', revision: 1 });
    },
  );

  test('a server that is not ready: unavailable, nothing stored', async () => {
    failNext('turnedAway');
    await expect(store.append([aRequest('s', 'none')])).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await streamOf(store, 's')).toHaveLength(0);
  });

  test('a server that does not know the user: access denied, also to a feed, until it does', async () => {
    double.refusesAccess = true;
    const stranger = open(double.connectionString);
    for (const call of [
      stranger.append([aRequest('s', 'none')]),
      store.append([aRequest('s', 'none')]),
      streamOf(store, 's'),
      store.lastPosition(),
      feedUntil(store, {}, isCaughtUp),
    ]) {
      await expect(call).rejects.toBeInstanceOf(AccessDenied);
    }
    double.refusesAccess = false;
    expect(await appendOne(stranger, aRequest('s', 'none'))).toMatchObject({ outcome: 'appended' });
  });

  test('a process dies between binding and appending, another carries on: each event once', async () => {
    const request = aRequest('s', 'any', 2);
    failNext('turnedAway');
    await expect(store.append([request])).rejects.toBeInstanceOf(StoreUnavailable);
    const others = Array.from({ length: 4 }, () => open(double.connectionString));
    const results = await Promise.all(others.map((other) => appendOne(other, request)));
    expect(results.map((result) => result.outcome).sort()).toEqual([
      'appended',
      'repeated',
      'repeated',
      'repeated',
    ]);
    expect(await streamOf(store, 's')).toHaveLength(2);
  });

  test('some of the requests are stored when the store is lost: unknown, and the repeated call completes', async () => {
    const requests = Array.from({ length: 200 }, (_, n) => aRequest(`s${n}`, 'none'));
    let events = 0;
    double.onAppend = (stream) => {
      if (stream.startsWith('s')) events += 1;
      return events > 50 ? 'turnedAway' : undefined;
    };
    await expect(store.append(requests)).rejects.toBeInstanceOf(OutcomeUnknown);
    double.onAppend = () => undefined;
    const outcomes = (await store.append(requests)).map((result) => result.outcome);
    expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(150);
  });

  test('another writer is first between reading and appending: refused with where the stream is', async () => {
    double.onAppend = (stream) => {
      if (stream !== 's') return undefined;
      double.onAppend = () => undefined;
      const text = Buffer.from(`{"id":"${newId()}","metadata":{}}`);
      double.log.append('s', 'any', [{ id: newId(), type: 'T', data: Buffer.from('{}'), metadata: text }]);
      return undefined;
    };
    const result = await appendOne(store, aRequest('s', 'none'));
    expect(result).toMatchObject({ outcome: 'refused', error: { actual: 0, expected: 'none' } });
    expect(result.outcome === 'refused' && result.error).toBeInstanceOf(RevisionConflict);
  });

  test('a node that is no leader: the leader it names is asked instead', async () => {
    const follower = await start(double.log);
    follower.leader = double;
    const through = open(follower.connectionString);
    expect(await appendOne(through, aRequest('s', 'none'))).toMatchObject({ outcome: 'appended' });
    expect(await streamOf(through, 's')).toHaveLength(1);
    expect(follower.appends).toBe(0);
  });

  test('a cluster: its leader is found by gossip, and after it is gone the next one', async () => {
    const second = await start(double.log);
    second.leader = double;
    const cluster = open(`esdb://${second.host},${double.host}?tls=false&gossipTimeout=1`);
    await storeOne(cluster, aRequest('s', 'none'));
    expect([double.appends > 0, second.appends]).toEqual([true, 0]);
    double.stop();
    second.leader = undefined;
    const request = aRequest('s', 0);
    const result = await appendOne(cluster, request).catch(() => appendOne(cluster, request));
    expect(result).toMatchObject({ revision: 1 });
    expect(second.appends).toBeGreaterThan(0);
  });

  test('the server is gone and comes back: unavailable, then as before', async () => {
    await storeOne(store, aRequest('s', 'none'));
    double.stop();
    const request = aRequest('s', 0);
    await expect(store.append([request])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(streamOf(store, 's')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.lastPosition()).rejects.toBeInstanceOf(StoreUnavailable);
    await double.start();
    expect(await appendOne(store, request)).toMatchObject({ outcome: 'appended', revision: 1 });
  });

  test('a subscription that breaks every few records loses nothing and repeats nothing', async () => {
    const requests = Array.from({ length: 60 }, (_, n) => aRequest(`s${n % 7}`, 'any', 1 + (n % 3)));
    await store.append(requests);
    let records = 0;
    double.onRecord = () => ++records % 13 !== 0;
    const total = requests.reduce((sum, request) => sum + request.events.length, 0);
    const items = await feedUntil(store, {}, (all) => eventsIn(all).length === total);
    const ids = idsOf(eventsIn(items));
    expect(new Set(ids).size).toBe(total);
    double.onRecord = () => true;
    expect(ids).toEqual(idsOf(await allEvents()));
    expect(double.subscriptions).toBeGreaterThan(5);
  });

  test('a live feed outlives the server, and goes on behind its last event', async () => {
    const first = aRequest('s', 'none', 2);
    const second = aRequest('s', 1, 2);
    await storeOne(store, first);
    let restarted = false;
    const items = await feedUntil(store, {}, async (all) => {
      if (isCaughtUp(all) && !restarted) {
        restarted = true;
        double.stop();
        await double.start();
        await appendOne(store, second).catch(() => appendOne(store, second));
      }
      return eventsIn(all).length === 4;
    });
    expect(idsOf(eventsIn(items))).toEqual(idsOf([...first.events, ...second.events]));
  });

  test('what comes back is another store: the feed refuses to go on', async () => {
    await storeOne(store, aRequest('s', 'none', 2));
    const feed = feedUntil(store, {}, async (all) => {
      if (isCaughtUp(all)) {
        double.stop();
        const { port } = new URL(`http://${double.host}`);
        const other = await new EventStoreDbDouble(new DoubleLog(), Number(port)).start();
        doubles.push(other);
      }
      return false;
    });
    await expect(feed).rejects.toBeInstanceOf(ForeignPosition);
  });

  test('two processes that open an empty store agree on its id', async () => {
    const empty = await start();
    const opened = Array.from({ length: 5 }, () => open(empty.connectionString));
    const ids = await Promise.all(opened.map((one) => one.storeId()));
    expect(new Set(ids).size).toBe(1);
  });

  test('what others keep on the same server is not shown', async () => {
    double.log.append('other-1', 'any', [
      { id: newId(), type: 'Foreign', data: Buffer.from('[1]'), metadata: Buffer.from('') },
    ]);
    const items = await feedUntil(store, {}, isCaughtUp);
    expect(eventsIn(items)).toEqual([]);
    expect(await store.lastPosition()).toBeUndefined();
  });

  test('reserved stream names are refused', async () => {
    for (const stream of ['$settings', 'taizhang-store']) {
      await expect(store.append([aRequest(stream, 'any')])).rejects.toMatchObject({
        code: 'store.invalidAppend',
      });
    }
  });

  test('a position of another store ends the feed', async () => {
    const after = makePosition(newId(), '0'.repeat(32));
    await expect(feedUntil(store, { after }, isCaughtUp)).rejects.toBeInstanceOf(ForeignPosition);
  });

  test('closing ends the feeds', async () => {
    const stop = new AbortController();
    const feed = store.feed({ signal: stop.signal })[Symbol.asyncIterator]();
    let next = await feed.next();
    while (!next.done && next.value.kind !== 'caughtUp') next = await feed.next();
    const waiting = feed.next();
    await store.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await expect(store.append([aRequest('s', 'any')])).rejects.toBeInstanceOf(StoreUnavailable);
  });

  const allEvents = async () => eventsIn(await feedUntil(store, {}, isCaughtUp));
});
