import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { makePosition, type FeedItem, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { Batcher } from './batcher.js';
import { isOneMoment } from './one-moment.js';
import { batchesOf } from './refold.js';

const STORE = idFor('specification store');
/** Events of few streams and commands, all recorded at one time, so that many stand beside one of the same. */
const events: fc.Arbitrary<StoredEvent[]> = fc
  .array(fc.record({ stream: fc.constantFrom('a', 'b'), command: fc.nat(2) }), { maxLength: 60 })
  .map((drawn) => drawn.map(eventOf));

function eventOf({ stream, command }: { stream: string; command: number }, n: number): StoredEvent {
  return {
    id: idFor('specification event', String(n)),
    type: 'Happened',
    stream,
    revision: n,
    position: makePosition(STORE, n.toString(16).padStart(16, '0')),
    data: {},
    metadata: { recordedAt: '2026-01-01T00:00:00.000Z', commandId: idFor('command', String(command)) },
  };
}

async function* feedOf(stored: readonly StoredEvent[]): AsyncGenerator<FeedItem> {
  for (const event of stored) yield { kind: 'event', event };
  yield { kind: 'caughtUp' };
}

async function fed(stored: readonly StoredEvent[], size: number): Promise<(readonly StoredEvent[])[]> {
  const batcher = new Batcher(feedOf(stored), size);
  const batches: (readonly StoredEvent[])[] = [];
  for (let next = await batcher.next(); next?.kind === 'batch'; next = await batcher.next()) {
    expect(next.to).toBe(next.events.at(-1)!.position);
    batches.push(next.events);
  }
  batcher.close();
  return batches;
}

async function refolded(stored: readonly StoredEvent[], size: number): Promise<(readonly StoredEvent[])[]> {
  const batches: (readonly StoredEvent[])[] = [];
  for await (const batch of batchesOf(
    (async function* () {
      yield* stored;
    })(),
    size,
  ))
    batches.push(batch);
  return batches;
}

it.each([
  ['follows the feed', fed],
  ['folds anew', refolded],
])('whoever %s never parts a command', async (_, batchesFrom) => {
  await fc.assert(
    fc.asyncProperty(events, fc.integer({ min: 1, max: 9 }), async (stored, size) => {
      const batches = await batchesFrom(stored, size);
      expect(batches.flat()).toEqual(stored);
      for (const [n, batch] of batches.slice(1).entries()) {
        expect(isOneMoment(batches[n]!.at(-1)!, batch[0]!)).toBe(false);
      }
      const longest = Math.max(0, ...batches.map(({ length }) => length));
      const runs = stored.reduce(
        (run, event, n) =>
          n > 0 && isOneMoment(stored[n - 1]!, event) ? [...run.slice(0, -1), run.at(-1)! + 1] : [...run, 1],
        [] as number[],
      );
      expect(longest).toBeLessThanOrEqual(size + Math.max(0, ...runs));
    }),
  );
});

/** One event recorded by itself, and three of one command at the same time behind it. */
const [alone, ...moment] = [0, 1, 1, 1].map((command, n) => eventOf({ stream: 'a', command }, n)) as [
  StoredEvent,
  ...StoredEvent[],
];

/** What the feed yields before and after the test has looked. */
function stalling(before: readonly FeedItem[], after: AsyncIterable<FeedItem>): [Batcher, () => void] {
  let goOn = (): void => undefined;
  const looked = new Promise<void>((resolve) => (goOn = resolve));
  const feed = (async function* () {
    yield* before;
    await looked;
    yield* after;
  })();
  return [new Batcher(feed, 5_000), goOn];
}

it('keeps back a moment amid which the feed stalls, and hands out what stands before it', async () => {
  const before = [alone, moment[0]!].map((event) => ({ kind: 'event' as const, event }));
  const [batcher, goOn] = stalling(before, feedOf(moment.slice(1)));
  expect(await batcher.next()).toEqual({ kind: 'batch', events: [alone], to: alone.position });
  goOn();
  expect(await batcher.next()).toEqual({ kind: 'batch', events: moment, to: moment[2]!.position });
  expect(await batcher.next()).toEqual({ kind: 'caughtUp' });
});

it('keeps together what is recorded behind the end of the feed, however late its last event comes', async () => {
  const [batcher, goOn] = stalling(
    [{ kind: 'caughtUp' }],
    (async function* () {
      for await (const item of feedOf(moment)) {
        yield item;
        // As behind a page of the store that ends amid a long append.
        for (let turn = 0; turn < 10; turn++) await setImmediate();
      }
    })(),
  );
  expect(await batcher.next()).toEqual({ kind: 'caughtUp' });
  goOn();
  expect(await batcher.next()).toEqual({ kind: 'batch', events: moment, to: moment[2]!.position });
});

it('does not wait for the end of the feed where a checkpoint stands behind a moment', async () => {
  const position = makePosition(STORE, '9'.padStart(16, '0'));
  const before = [
    { kind: 'event', event: alone },
    { kind: 'checkpoint', position },
  ] as const;
  const [batcher, goOn] = stalling(before, feedOf([]));
  expect(await batcher.next()).toEqual({ kind: 'batch', events: [alone], to: position });
  goOn();
});
