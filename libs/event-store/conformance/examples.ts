import { newId } from '#libs/kernel/ids.js';
import type {
  AppendRequest,
  AppendResult,
  EventStore,
  ExpectedRevision,
  FeedItem,
  FeedOptions,
  JsonObject,
  NewEvent,
  Position,
  ReadOptions,
  StoredEvent,
} from '../port.js';

/** A prefix that no other test uses. */
export const freshPrefix = (): string => `conformance-${newId()}-`;

export function anEvent(data: JsonObject = { n: 1 }, metadata: JsonObject = { by: 'suite' }): NewEvent {
  return { id: newId(), type: 'SomethingHappened', data, metadata };
}

export const someEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => anEvent({ n }));

/** A request of a new command, with as many new events as the number says. */
export function aRequest(
  stream: string,
  expected: ExpectedRevision,
  events: number | readonly NewEvent[] = 1,
): AppendRequest {
  return {
    stream,
    expected,
    events: typeof events === 'number' ? someEvents(events) : events,
    command: { id: newId(), digest: 'as first said' },
  };
}

/** Appends one request and returns its result. */
export async function appendOne(store: EventStore, request: AppendRequest): Promise<AppendResult> {
  const [result] = await store.append([request]);
  if (!result) throw new Error('no result for the request');
  return result;
}

/** Appends one request that must be taken. */
export async function storeOne(store: EventStore, request: AppendRequest) {
  const result = await appendOne(store, request);
  if (result.outcome === 'refused') throw result.error;
  return result;
}

export async function streamOf(
  store: EventStore,
  stream: string,
  options?: ReadOptions,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of store.readStream(stream, options)) events.push(event);
  return events;
}

/** Reads the feed until `enough` says so of the items so far, then ends it by its signal. */
export async function feedUntil(
  store: EventStore,
  options: Omit<FeedOptions, 'signal'>,
  enough: (items: readonly FeedItem[]) => boolean | Promise<boolean>,
): Promise<FeedItem[]> {
  const stop = new AbortController();
  const items: FeedItem[] = [];
  for await (const item of store.feed({ ...options, signal: stop.signal })) {
    if (stop.signal.aborted) throw new Error('the feed went on after its signal');
    items.push(item);
    if (await enough(items)) stop.abort();
  }
  return items;
}

export function eventsIn(items: readonly FeedItem[]): StoredEvent[] {
  return items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
}

/** Reads so many events of the feed. */
export async function feedEvents(
  store: EventStore,
  options: Omit<FeedOptions, 'signal'>,
  count: number,
): Promise<StoredEvent[]> {
  let seen = 0;
  const items = await feedUntil(store, options, (all) => {
    if (all.at(-1)?.kind === 'event') seen += 1;
    return seen >= count;
  });
  return eventsIn(items);
}

/** What an event says of itself, whatever class a store makes of it. */
export const told = ({ id, type, stream, revision, position, data, metadata }: StoredEvent): StoredEvent => ({
  id,
  type,
  stream,
  revision,
  position,
  data,
  metadata,
});

export const isCaughtUp = (items: readonly FeedItem[]): boolean => items.at(-1)?.kind === 'caughtUp';

export const idsOf = (events: readonly { id: string }[]): string[] => events.map((event) => event.id);

/** Positions of events and checkpoints, in the order of the feed. */
export function positionsIn(items: readonly FeedItem[]): Position[] {
  return items.flatMap((item) => {
    if (item.kind === 'event') return [item.event.position];
    return item.kind === 'checkpoint' ? [item.position] : [];
  });
}
