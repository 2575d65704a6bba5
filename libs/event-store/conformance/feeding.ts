import fc from 'fast-check';
import { newId } from '#libs/kernel/ids.js';
import { ForeignPosition } from '../errors.js';
import { makePosition, orderOf, type EventStore, type FeedItem, type JsonObject } from '../port.js';
import {
  anEvent,
  aRequest,
  eventsIn,
  feedEvents,
  feedUntil,
  freshPrefix,
  idsOf,
  isCaughtUp,
  positionsIn,
  storeOne,
  streamOf,
  told,
} from './examples.js';

export function feeding(store: () => EventStore, reopen: () => Promise<EventStore>): void {
  /** Twelve streams in turns, every third one of the wanted prefix. */
  async function mixture(rounds: number) {
    const wanted = freshPrefix();
    const hidden = freshPrefix();
    const start = await storeOne(store(), aRequest(`${freshPrefix()}start`, 'none'));
    for (let n = 0; n < rounds; n++) {
      const requests = Array.from({ length: 12 }, (_, s) =>
        aRequest(`${s % 3 ? hidden : wanted}${s}`, 'any'),
      );
      await store().append(requests);
    }
    return { wanted, hidden, start: start.position, count: rounds * 4 };
  }

  test('events come as they are stored, in order, then it says that it caught up', async () => {
    const streamPrefixes = [freshPrefix()];
    const first = aRequest(`${streamPrefixes[0]}a`, 'none', 3);
    const second = aRequest(`${streamPrefixes[0]}b`, 'none', 2);
    await storeOne(store(), first);
    await storeOne(store(), second);
    const items = await feedUntil(store(), { streamPrefixes }, isCaughtUp);
    expect(eventsIn(items).map(told)).toEqual(
      [...(await streamOf(store(), first.stream)), ...(await streamOf(store(), second.stream))].map(told),
    );
  });

  test('a long feed tells of every event what its stream tells', async () => {
    const prefix = freshPrefix();
    const values = fc.sample(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), 300);
    const jsons = values.map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
    const streams = [`${prefix}甲`, `${prefix}b'c\\`];
    for (const stream of streams) {
      const events = jsons.map((json) => anEvent(json, { copied: json }));
      await storeOne(store(), aRequest(stream, 'none', events));
    }
    const fed = await feedEvents(store(), { streamPrefixes: streams }, 600);
    const stored = [...(await streamOf(store(), streams[0]!)), ...(await streamOf(store(), streams[1]!))];
    expect(fed.map((event) => JSON.stringify(told(event)))).toEqual(
      stored.map((event) => JSON.stringify(told(event))),
    );
    for (const event of fed) {
      const members = event.metadataMembers?.(['none', 'copied']) ?? [undefined, event.metadata['copied']];
      expect(members).toEqual([undefined, event.metadata['copied']]);
    }
  });

  test('live events follow after it caught up, and it catches up again', async () => {
    const prefix = freshPrefix();
    const request = aRequest(`${prefix}live`, 'none', 2);
    let caughtUp = 0;
    const items = await feedUntil(store(), { streamPrefixes: [prefix] }, async (all) => {
      if (isCaughtUp(all)) caughtUp += 1;
      if (isCaughtUp(all) && caughtUp === 1) await storeOne(store(), request);
      return isCaughtUp(all) && eventsIn(all).length === 2;
    });
    expect(idsOf(eventsIn(items))).toEqual(idsOf(request.events));
  });

  test('it does not say that it caught up amid the events of one request', async () => {
    const prefix = freshPrefix();
    const events = Array.from({ length: 150 }, (_, n) => anEvent({ n, text: '长'.repeat(2_000) }));
    const request = aRequest(`${prefix}live`, 'none', events);
    let storing: Promise<unknown> | undefined;
    const items = await feedUntil(store(), { streamPrefixes: [prefix] }, (all) => {
      if (isCaughtUp(all)) storing ??= storeOne(store(), request);
      return isCaughtUp(all) && eventsIn(all).length > 0;
    });
    await storing;
    expect(idsOf(eventsIn(items))).toEqual(idsOf(events));
  });

  test('an empty selection catches up too', async () => {
    const items = await feedUntil(store(), { streamPrefixes: [freshPrefix()] }, isCaughtUp);
    expect(eventsIn(items)).toEqual([]);
  });

  test('the filter shows the streams of any of its prefixes and no others', async () => {
    const { wanted, hidden, start, count } = await mixture(10);
    const some = await feedEvents(store(), { after: start, streamPrefixes: [wanted] }, count);
    expect(some.every((event) => event.stream.startsWith(wanted))).toBe(true);
    const all = await feedEvents(store(), { after: start, streamPrefixes: [wanted, hidden] }, count * 3);
    expect(idsOf(all.filter((event) => event.stream.startsWith(wanted)))).toEqual(idsOf(some));
    expect(new Set(idsOf(all)).size).toBe(count * 3);
  });

  test('without a filter the events of all streams come', async () => {
    const { start, count } = await mixture(2);
    const events = await feedEvents(store(), { after: start }, count * 3);
    expect(new Set(idsOf(events)).size).toBe(count * 3);
  });

  test('it resumes behind every event', async () => {
    const { wanted, start, count } = await mixture(8);
    const streamPrefixes = [wanted];
    const all = await feedEvents(store(), { after: start, streamPrefixes }, count);
    for (let n = 0; n < count - 1; n++) {
      const rest = await feedEvents(store(), { after: all[n]!.position, streamPrefixes }, count - 1 - n);
      expect(idsOf(rest)).toEqual(idsOf(all.slice(n + 1)));
    }
  });

  test('it resumes at every checkpoint, and positions never go back', async () => {
    const { wanted, start, count } = await mixture(60);
    const streamPrefixes = [wanted];
    const items = await feedUntil(store(), { after: start, streamPrefixes }, isCaughtUp);
    const positions = positionsIn(items);
    expect(positions).toEqual([...positions].sort());
    expect(eventsIn(items)).toHaveLength(count);
    for (const [n, item] of items.entries()) {
      const rest = idsOf(eventsIn(items.slice(n)));
      if (item.kind !== 'checkpoint' || rest.length === 0) continue;
      expect(idsOf(await feedEvents(store(), { after: item.position, streamPrefixes }, rest.length))).toEqual(
        rest,
      );
    }
  });

  test('many hidden events give a checkpoint', async () => {
    const { start } = await mixture(50);
    const isCheckpoint = (all: readonly FeedItem[]) => all.at(-1)?.kind === 'checkpoint';
    const items = await feedUntil(store(), { after: start, streamPrefixes: [freshPrefix()] }, isCheckpoint);
    expect(eventsIn(items)).toEqual([]);
  });

  test('behind the last event there is nothing but what comes', async () => {
    const prefix = freshPrefix();
    const { position } = await storeOne(store(), aRequest(`${prefix}s`, 'none', 3));
    const next = aRequest(`${prefix}s`, 2);
    const items = await feedUntil(store(), { after: position, streamPrefixes: [prefix] }, async (all) => {
      if (isCaughtUp(all) && eventsIn(all).length === 0) await store().append([next]);
      return eventsIn(all).length > 0;
    });
    expect(idsOf(eventsIn(items))).toEqual(idsOf(next.events));
  });

  test('it shows what a second process wrote', async () => {
    const other = await reopen();
    const prefix = freshPrefix();
    const request = aRequest(`${prefix}s`, 'none', 2);
    const items = await feedUntil(store(), { streamPrefixes: [prefix] }, async (all) => {
      if (isCaughtUp(all) && eventsIn(all).length === 0) await other.append([request]);
      return eventsIn(all).length === 2;
    });
    expect(idsOf(eventsIn(items))).toEqual(idsOf(request.events));
  });

  test('its signal ends it without an error: before it began, amid events, while it waits', async () => {
    const { start } = await mixture(3);
    const before: FeedItem[] = [];
    for await (const item of store().feed({ signal: AbortSignal.abort() })) before.push(item);
    expect(before).toEqual([]);
    expect(await feedEvents(store(), { after: start }, 5)).toHaveLength(5);

    const stop = new AbortController();
    const iterator = store()
      .feed({ streamPrefixes: [freshPrefix()], signal: stop.signal })
      [Symbol.asyncIterator]();
    let item = await iterator.next();
    while (!item.done && item.value.kind !== 'caughtUp') item = await iterator.next();
    const waiting = iterator.next();
    stop.abort();
    let last = await waiting;
    while (!last.done) last = await iterator.next();
    expect(last).toEqual({ done: true, value: undefined });
  });

  test('the position of another store is refused', async () => {
    const { position } = await storeOne(store(), aRequest(`${freshPrefix()}s`, 'none'));
    const foreign = makePosition(newId(), orderOf(position));
    await expect(feedUntil(store(), { after: foreign }, isCaughtUp)).rejects.toBeInstanceOf(ForeignPosition);
  });
}
