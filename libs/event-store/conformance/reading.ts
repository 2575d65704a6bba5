import fc from 'fast-check';
import { isPosition, storeOf, type EventStore, type JsonObject, type StoredEvent } from '../port.js';
import { anEvent, aRequest, freshPrefix, idsOf, storeOne, streamOf, told } from './examples.js';

export function reading(store: () => EventStore, reopen: () => Promise<EventStore>): void {
  test('a stream that does not exist has no events', async () => {
    const stream = `${freshPrefix()}s`;
    expect(await streamOf(store(), stream)).toEqual([]);
    expect(await streamOf(store(), stream, { direction: 'backwards' })).toEqual([]);
  });

  test('every from and limit, both ways', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'none', 6);
    await storeOne(store(), request);
    const ids = idsOf(request.events);
    const read = async (options: Parameters<EventStore['readStream']>[1]) =>
      idsOf(await streamOf(store(), request.stream, options));

    expect(await read({})).toEqual(ids);
    expect(await read({ direction: 'backwards' })).toEqual(ids.toReversed());
    for (let from = 0; from < 6; from++) {
      for (const limit of [1, 2, 6, 100]) {
        expect(await read({ from, limit })).toEqual(ids.slice(from, from + limit));
        expect(await read({ direction: 'backwards', from, limit })).toEqual(
          ids
            .slice(0, from + 1)
            .toReversed()
            .slice(0, limit),
        );
      }
    }
    expect(await read({ from: 6 })).toEqual([]);
  });

  test('a long stream is read whole, both ways', async () => {
    const stream = `${freshPrefix()}s`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const request = aRequest(stream, 'any', 900);
      await storeOne(store(), request);
      ids.push(...idsOf(request.events));
    }
    const forwards = await streamOf(store(), stream);
    expect(idsOf(forwards)).toEqual(ids);
    expect(forwards.map((event) => event.revision)).toEqual(ids.map((_, n) => n));
    expect(idsOf(await streamOf(store(), stream, { direction: 'backwards' }))).toEqual(ids.toReversed());
  });

  test('many streams are read in the order asked for, each whole, also one that does not exist or is asked for twice', async () => {
    const prefix = freshPrefix();
    const lengths = [3, 0, 2_300, 1, 999, 0, 2];
    const streams = lengths.map((_, n) => `${prefix}${(n * 5) % lengths.length}`);
    for (const [n, length] of lengths.entries()) {
      for (let stored = 0; stored < length; stored += 900) {
        await storeOne(store(), aRequest(streams[n]!, 'any', Math.min(900, length - stored)));
      }
    }
    const asked = [...streams, ...Array.from({ length: 120 }, (_, n) => `${prefix}none-${n}`), streams[0]!];
    const read: (readonly StoredEvent[])[] = [];
    for await (const events of store().readStreams(asked)) read.push(events);
    expect(read.map(({ length }) => length)).toEqual([...lengths, ...Array<number>(120).fill(0), 3]);
    for (const [n, events] of read.entries()) {
      expect(events.map(told)).toEqual((await streamOf(store(), asked[n]!)).map(told));
    }
  });

  test.each<[string, JsonObject]>([
    [
      'Chinese and characters outside the first plane',
      { 名称: '会理市民政局社区日间照料中心建设', rare: '𠮷𡃁 👵🏽' },
    ],
    ['control characters, quotes and backslashes', { text: 'a\u0001\u001e\t\r\n"\\\\u0000\u2028\u007f' }],
    ['nested nulls and empties', { a: null, b: [null, [], {}, { c: null }], '': '', d: { e: { f: [[]] } } }],
    [
      'numbers and booleans',
      { zero: 0, small: 1e-7, large: 9007199254740991, minus: -1.5, yes: true, no: false },
    ],
    ['keys in no order', { z: 1, a: 2, m: { z: 1, a: 2 }, 10: 'ten', 9: 'nine' }],
    ['big strings', { text: '投资'.repeat(60_000) }],
  ])('%s come back as they were written', async (_, value) => {
    const stream = `${freshPrefix()}s`;
    const event = anEvent(value, { copied: value });
    await storeOne(store(), aRequest(stream, 'none', [event]));
    const [stored] = await streamOf(store(), stream);
    expect(stored).toMatchObject({ stream, revision: 0, ...event });
    expect(JSON.stringify(stored?.data)).toBe(JSON.stringify(event.data));
    expect(JSON.stringify(stored?.metadata)).toBe(JSON.stringify(event.metadata));
  });

  test('any JSON comes back as it was written', async () => {
    const values = fc.sample(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), 200);
    const events = values.map((value) => anEvent(JSON.parse(JSON.stringify(value)) as JsonObject));
    const stream = `${freshPrefix()}s`;
    await storeOne(store(), aRequest(stream, 'none', events));
    const stored = await streamOf(store(), stream);
    expect(stored.map(({ data }) => JSON.stringify(data))).toEqual(
      events.map(({ data }) => JSON.stringify(data)),
    );
  });

  test('a second opening sees the same store: its id, its events and their positions', async () => {
    const stream = `${freshPrefix()}s`;
    await storeOne(store(), aRequest(stream, 'none', 3));
    const other = await reopen();
    const id = await store().storeId();
    expect(await other.storeId()).toBe(id);
    const events = await streamOf(store(), stream);
    expect(await streamOf(other, stream)).toEqual(events);
    for (const { position } of events) {
      expect(isPosition(position)).toBe(true);
      expect(storeOf(position)).toBe(id);
    }
  });
}
