import { newId } from '#libs/kernel/ids.js';
import { CommandReused } from '../errors.js';
import type { EventStore, ExpectedRevision } from '../port.js';
import { appendOne, aRequest, freshPrefix, idsOf, someEvents, storeOne, streamOf } from './examples.js';

export function commands(store: () => EventStore): void {
  test.each<[ExpectedRevision, number]>([
    ['any', 2],
    ['none', 0],
    ['exists', 2],
    [1, 2],
  ])('a command with expected %p is answered again as the first time', async (expected, before) => {
    const stream = `${freshPrefix()}s`;
    if (before > 0) await storeOne(store(), aRequest(stream, 'none', before));
    const request = aRequest(stream, expected, 2);
    const first = await storeOne(store(), request);
    await storeOne(store(), aRequest(stream, 'any', 2));
    const again = await appendOne(store(), request);
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await streamOf(store(), stream)).toHaveLength(before + 4);
  });

  test('a command is answered again though its events were made anew', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'none', 2);
    const first = await storeOne(store(), request);
    const again = await appendOne(store(), { ...request, events: someEvents(2) });
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(idsOf(await streamOf(store(), request.stream))).toEqual(idsOf(request.events));
  });

  test('a command twice in one call is stored once', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'none', 2);
    const [first, again] = await store().append([request, request]);
    expect(first).toMatchObject({ outcome: 'appended', revision: 1 });
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await streamOf(store(), request.stream)).toHaveLength(2);
  });

  test('a command sent many times at once is stored once', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'none', 3);
    const results = await Promise.all(Array.from({ length: 8 }, () => appendOne(store(), request)));
    const outcomes = results.map((result) => result.outcome).sort();
    expect(outcomes).toEqual(['appended', ...Array.from({ length: 7 }, () => 'repeated')]);
    expect(new Set(results.map((result) => 'position' in result && result.position)).size).toBe(1);
    expect(await streamOf(store(), request.stream)).toHaveLength(3);
  });

  test('a command id with another digest is refused', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'none');
    await storeOne(store(), request);
    const other = {
      ...aRequest(request.stream, 'any'),
      command: { ...request.command, digest: 'something else' },
    };
    const result = await appendOne(store(), other);
    expect(result).toMatchObject({ outcome: 'refused', error: { commandId: request.command.id } });
    expect(result.outcome === 'refused' && result.error).toBeInstanceOf(CommandReused);
    expect(await streamOf(store(), request.stream)).toHaveLength(1);
  });

  test('a command id with another digest on another stream is refused', async () => {
    const prefix = freshPrefix();
    const request = aRequest(`${prefix}a`, 'none');
    await storeOne(store(), request);
    const other = {
      ...aRequest(`${prefix}b`, 'none'),
      command: { ...request.command, digest: 'something else' },
    };
    const result = await appendOne(store(), other);
    expect(result.outcome === 'refused' && result.error).toBeInstanceOf(CommandReused);
    expect(await streamOf(store(), other.stream)).toHaveLength(0);
  });

  test('a refused command has used up nothing: its id may be tried again', async () => {
    const request = aRequest(`${freshPrefix()}s`, 'exists');
    expect(await appendOne(store(), request)).toMatchObject({ outcome: 'refused' });
    await storeOne(store(), aRequest(request.stream, 'none'));
    expect(await appendOne(store(), request)).toMatchObject({ outcome: 'appended', revision: 1 });
  });

  test.each<[ExpectedRevision, number]>([
    ['none', 0],
    [1, 2],
  ])('the same events of another command with expected %p are stored once', async (expected, before) => {
    const stream = `${freshPrefix()}s`;
    if (before > 0) await storeOne(store(), aRequest(stream, 'none', before));
    const request = aRequest(stream, expected, 3);
    const first = await storeOne(store(), request);
    const again = await appendOne(store(), { ...request, command: { id: newId(), digest: 'as first said' } });
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await streamOf(store(), stream)).toHaveLength(before + 3);
  });
}
