import { aRequest } from '../conformance/examples.js';
import { encodeRequests, type EncodedRequest } from '../encoded-request.js';
import { StoreUnavailable } from '../errors.js';
import type { AppendResult } from '../port.js';
import { GROUP_LIMITS, GroupWriter, QUEUE_LIMITS } from './group-writer.js';

/** A database whose transactions end when the test says so. */
class SlowDatabase {
  readonly groups: (readonly EncodedRequest[])[] = [];
  private readonly ends: (() => void)[] = [];
  private readonly begun: (() => void)[] = [];

  readonly write = async (requests: readonly EncodedRequest[]): Promise<AppendResult[]> => {
    this.groups.push(requests);
    this.begun.shift()?.();
    await new Promise<void>((resolve) => this.ends.push(resolve));
    return requests.map((_, n) => ({ outcome: 'appended', revision: n, position: '' as never }));
  };

  /** Resolves when the next transaction has begun. */
  begins(): Promise<void> {
    return new Promise((resolve) => this.begun.push(resolve));
  }

  end(): void {
    this.ends.shift()?.();
  }
}

const callOf = (events: number) => encodeRequests([aRequest('project-a', 'any', events)]);

test('what arrives while a transaction commits is the next one, and each call gets its own results', async () => {
  const database = new SlowDatabase();
  const writer = new GroupWriter(database.write);
  let begins = database.begins();
  const first = writer.append(callOf(1));
  await begins;
  const others = [
    writer.append(callOf(1)),
    writer.append([...callOf(1), ...callOf(1)]),
    writer.append(callOf(1)),
  ];
  begins = database.begins();
  database.end();
  await begins;
  database.end();
  expect(await first).toHaveLength(1);
  expect((await Promise.all(others)).map((results) => results.length)).toEqual([1, 2, 1]);
  expect(database.groups.map((group) => group.length)).toEqual([1, 4]);
});

test('a group ends at its limit, and callers wait when the queue is full', async () => {
  const database = new SlowDatabase();
  const writer = new GroupWriter(database.write);
  const size = 1_000;
  const fitting = QUEUE_LIMITS.events / size;
  let begins = database.begins();
  const calls = Array.from({ length: fitting + 5 }, () => writer.append(callOf(size)));
  let done = 0;
  for (const call of calls) void call.then(() => (done += 1));
  while (done < calls.length) {
    await begins;
    begins = database.begins();
    const before = done;
    database.end();
    await Promise.race([begins, Promise.all(calls)]);
    expect(done - before).toBeLessThanOrEqual(GROUP_LIMITS.events / size);
  }
  expect(database.groups.flat()).toHaveLength(calls.length);
});

test('a failed transaction fails its calls and no others', async () => {
  let failures = 1;
  const writer = new GroupWriter(async (requests) => {
    if (failures-- > 0) throw new StoreUnavailable('gone');
    return requests.map(() => ({ outcome: 'appended', revision: 0, position: '' as never }));
  });
  await expect(writer.append(callOf(1))).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await writer.append(callOf(1))).toHaveLength(1);
});

test('closing writes what is queued and takes no more', async () => {
  const database = new SlowDatabase();
  const writer = new GroupWriter(database.write);
  const begins = database.begins();
  const queued = writer.append(callOf(1));
  const closing = writer.close();
  await expect(writer.append(callOf(1))).rejects.toBeInstanceOf(StoreUnavailable);
  await begins;
  database.end();
  expect(await queued).toHaveLength(1);
  await closing;
});
