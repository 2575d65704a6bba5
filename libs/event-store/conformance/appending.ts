import { APPEND_LIMITS } from '../encoded-request.js';
import { InvalidAppend, RevisionConflict } from '../errors.js';
import { comparePositions, type AppendRequest, type EventStore, type ExpectedRevision } from '../port.js';
import { anEvent, appendOne, aRequest, freshPrefix, idsOf, storeOne, streamOf } from './examples.js';

export function appending(store: () => EventStore): void {
  const refusal = async (request: AppendRequest) => {
    const result = await appendOne(store(), request);
    return result.outcome === 'refused' ? result.error : result;
  };

  test.each<[ExpectedRevision, number]>([
    ['any', 0],
    ['any', 3],
    ['none', 0],
    ['exists', 3],
    [2, 3],
  ])('expected %p is met by a stream of %i events', async (expected, before) => {
    const stream = `${freshPrefix()}s`;
    if (before > 0) await storeOne(store(), aRequest(stream, 'none', before));
    const result = await appendOne(store(), aRequest(stream, expected, 2));
    expect(result).toMatchObject({ outcome: 'appended', revision: before + 1 });
    expect(await streamOf(store(), stream)).toHaveLength(before + 2);
  });

  test.each<[ExpectedRevision, number, number | undefined]>([
    ['none', 3, 2],
    ['exists', 0, undefined],
    [0, 0, undefined],
    [1, 3, 2],
    [3, 3, 2],
  ])('expected %p is refused by a stream of %i events', async (expected, before, actual) => {
    const stream = `${freshPrefix()}s`;
    if (before > 0) await storeOne(store(), aRequest(stream, 'none', before));
    const error = await refusal(aRequest(stream, expected));
    expect(error).toBeInstanceOf(RevisionConflict);
    expect(error).toMatchObject({ stream, expected, actual });
    expect(await streamOf(store(), stream)).toHaveLength(before);
  });

  test('the position of the result is that of the last event of the request', async () => {
    const stream = `${freshPrefix()}s`;
    const result = await storeOne(store(), aRequest(stream, 'none', 3));
    const last = (await streamOf(store(), stream)).at(-1);
    expect(last?.position).toBe(result.position);
    expect(last?.revision).toBe(result.revision);
  });

  test('of many requests the bad ones are refused and the others stored', async () => {
    const prefix = freshPrefix();
    await storeOne(store(), aRequest(`${prefix}taken`, 'none'));
    const requests = [
      aRequest(`${prefix}a`, 'none', 2),
      aRequest(`${prefix}taken`, 'none', 2),
      aRequest(`${prefix}b`, 'none'),
      aRequest(`${prefix}missing`, 'exists'),
      aRequest(`${prefix}c`, 'any', 3),
    ];
    const results = await store().append(requests);
    expect(results.map((result) => result.outcome)).toEqual([
      'appended',
      'refused',
      'appended',
      'refused',
      'appended',
    ]);
    expect(idsOf(await streamOf(store(), `${prefix}a`))).toEqual(idsOf(requests[0]!.events));
    expect(idsOf(await streamOf(store(), `${prefix}c`))).toEqual(idsOf(requests[4]!.events));
    expect(await streamOf(store(), `${prefix}taken`)).toHaveLength(1);
    expect(await streamOf(store(), `${prefix}missing`)).toHaveLength(0);
  });

  test('requests of one call on one stream see each other, in their order', async () => {
    const stream = `${freshPrefix()}s`;
    const requests = [
      aRequest(stream, 'none', 2),
      aRequest(stream, 1),
      aRequest(stream, 1),
      aRequest(stream, 2),
    ];
    const results = await store().append(requests);
    expect(results.map((result) => result.outcome)).toEqual(['appended', 'appended', 'refused', 'appended']);
    const stored = [requests[0]!, requests[1]!, requests[3]!].flatMap((request) => idsOf(request.events));
    expect(idsOf(await streamOf(store(), stream))).toEqual(stored);
  });

  test('of two writers on one revision one wins and the other is told', async () => {
    const stream = `${freshPrefix()}s`;
    await storeOne(store(), aRequest(stream, 'none'));
    const both = await Promise.all([
      appendOne(store(), aRequest(stream, 0, 2)),
      appendOne(store(), aRequest(stream, 0, 2)),
    ]);
    expect(both.map((result) => result.outcome).sort()).toEqual(['appended', 'refused']);
    expect(await streamOf(store(), stream)).toHaveLength(3);
  });

  test('lastPosition is at or behind everything stored', async () => {
    const { position } = await storeOne(store(), aRequest(`${freshPrefix()}s`, 'none'));
    const last = await store().lastPosition();
    expect(last && comparePositions(last, position)).toBeGreaterThanOrEqual(0);
  });

  test('no requests have no results', async () => {
    expect(await store().append([])).toEqual([]);
  });

  test('text that only looks like an escape is stored as it is', async () => {
    const stream = `${freshPrefix()}s`;
    const data = { text: 'C:\\u0000 \\\\ud800', lines: 'a\u0001\nb' };
    await storeOne(store(), aRequest(stream, 'none', [anEvent(data)]));
    expect(await streamOf(store(), stream)).toMatchObject([{ data }]);
  });

  const event = anEvent();
  test.each<[string, Partial<AppendRequest>]>([
    ['no events', { events: [] }],
    ['an empty stream name', { stream: '' }],
    ['a control character in the stream name', { stream: 'a\u0000b' }],
    ['a stream name without end', { stream: 'x'.repeat(APPEND_LIMITS.nameLength + 1) }],
    ['an event id that is no UUID', { events: [{ ...event, id: '1' }] }],
    ['one event id twice', { events: [event, event] }],
    ['an event without type', { events: [{ ...event, type: '' }] }],
    ['a negative revision', { expected: -1 }],
    ['NUL in the text of an event', { events: [anEvent({ text: 'a\u0000b' })] }],
    ['half of a surrogate pair in the metadata', { events: [anEvent({}, { by: '\ud800' })] }],
    ['too many events', { events: Array.from({ length: APPEND_LIMITS.eventsPerRequest + 1 }, () => event) }],
    ['too many bytes', { events: [anEvent({ text: 'x'.repeat(APPEND_LIMITS.bytesPerRequest) })] }],
  ])('%s: the call is refused as a whole', async (_, wrong) => {
    const prefix = freshPrefix();
    const calls = [aRequest(`${prefix}good`, 'none'), { ...aRequest(`${prefix}bad`, 'none'), ...wrong }];
    await expect(store().append(calls)).rejects.toBeInstanceOf(InvalidAppend);
    expect(await streamOf(store(), `${prefix}good`)).toHaveLength(0);
  });
}
