import { comparePositions, type AppendResult, type EventStore, type StoredEvent } from '../port.js';
import {
  anEvent,
  appendOne,
  aRequest,
  feedEvents,
  feedUntil,
  freshPrefix,
  idsOf,
  isCaughtUp,
} from './examples.js';

const WRITERS = 32;
const APPENDS_A_WRITER = 20;
const SHARED_STREAMS = 4;

export function racing(store: () => EventStore): void {
  test('the feed loses nothing and reorders nothing, whenever it was started', async () => {
    const prefix = freshPrefix();
    const streamPrefixes = [prefix];
    const total = WRITERS * APPENDS_A_WRITER * 2;

    const ready = deferred();
    let seen = 0;
    const before = feedUntil(store(), { streamPrefixes }, (items) => {
      if (isCaughtUp(items)) ready.resolve();
      if (items.at(-1)?.kind === 'event') seen += 1;
      return seen === total;
    });
    await ready.promise;

    const half = deferred();
    const writing = Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const results: AppendResult[] = [];
        for (let n = 0; n < APPENDS_A_WRITER; n++) {
          results.push(await appendOne(store(), nthRequest(prefix, writer, n)));
          if (n === APPENDS_A_WRITER / 2) half.resolve();
        }
        return results;
      }),
    );
    await half.promise;
    const during = feedEvents(store(), { streamPrefixes }, total);
    const results = (await writing).flat();
    const after = await feedEvents(store(), { streamPrefixes }, total);

    expect(results.every((result) => result.outcome === 'appended')).toBe(true);
    expectWhole(after, total);
    expect(idsOf(await during)).toEqual(idsOf(after));
    const live = (await before).flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    expect(idsOf(live)).toEqual(idsOf(after));
    expectAnswersStand(results, after);
  });

  test('of all who expect the same revision one a time wins, and no win is lost', async () => {
    const stream = `${freshPrefix()}contended`;
    await appendOne(store(), aRequest(stream, 'none'));
    const wins = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        for (let conflicts = 0; ; conflicts++) {
          const last = await lastRevision(store(), stream);
          const result = await appendOne(store(), aRequest(stream, last));
          if (result.outcome !== 'refused') return result.revision;
          if (conflicts > WRITERS) throw new Error('lost more often than there are others');
        }
      }),
    );
    expect(wins.sort((a, b) => a - b)).toEqual(Array.from({ length: WRITERS }, (_, n) => n + 1));
  });
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Three of four appends go to streams that all writers share; one or three events, two on average. */
function nthRequest(prefix: string, writer: number, n: number) {
  const stream = n % 4 === 0 ? `${prefix}own-${writer}` : `${prefix}shared-${(writer + n) % SHARED_STREAMS}`;
  const events = Array.from({ length: n % 2 === 0 ? 1 : 3 }, (_, e) => anEvent({ writer, n, e }));
  return aRequest(stream, 'any', events);
}

async function lastRevision(store: EventStore, stream: string): Promise<number> {
  for await (const { revision } of store.readStream(stream, { direction: 'backwards', limit: 1 }))
    return revision;
  throw new Error(`stream ${stream} is gone`);
}

/** Every event once, positions rising, revisions of each stream without gap, the events of a request together. */
function expectWhole(events: readonly StoredEvent[], total: number): void {
  expect(new Set(idsOf(events)).size).toBe(total);
  const revisions = new Map<string, number>();
  events.forEach((event, n) => {
    const previous = events[n - 1];
    if (previous) expect(comparePositions(previous.position, event.position)).toBeLessThan(0);
    expect(event.revision).toBe((revisions.get(event.stream) ?? -1) + 1);
    revisions.set(event.stream, event.revision);
    const { writer, n: append, e } = event.data;
    if (e !== 0) expect(previous?.data).toEqual({ writer, n: append, e: Number(e) - 1 });
  });
}

/** What a writer was told is where its event stands. */
function expectAnswersStand(results: readonly AppendResult[], events: readonly StoredEvent[]): void {
  const byPosition = new Map(events.map((event) => [event.position, event.revision]));
  for (const result of results) {
    if (result.outcome === 'refused') throw result.error;
    expect(byPosition.get(result.position)).toBe(result.revision);
  }
}
