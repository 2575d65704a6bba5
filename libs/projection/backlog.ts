import type { EventStore, Position, StoredEvent } from '#libs/event-store/port.js';

/** What a projection has not seen yet. */
export interface Backlog {
  /** Events of its streams behind the position, counted up to the limit. */
  readonly events: number;
  /** The first of them. */
  readonly oldest?: StoredEvent;
}

/** Counts events of the streams behind a position, to the end of the store as it is now, `upTo` or `limit`. */
export async function countEvents(
  store: EventStore,
  streamPrefixes: readonly string[],
  after: Position | null,
  { upTo, limit = Infinity }: { upTo?: Position; limit?: number } = {},
): Promise<Backlog> {
  const ending = new AbortController();
  const from = after === null ? {} : { after };
  let events = 0;
  let oldest: StoredEvent | undefined;
  try {
    for await (const item of store.feed({ ...from, streamPrefixes, signal: ending.signal })) {
      if (item.kind === 'caughtUp') break;
      const position = item.kind === 'event' ? item.event.position : item.position;
      if (upTo !== undefined && position > upTo) break;
      if (item.kind === 'event') {
        oldest ??= item.event;
        events += 1;
      }
      if (events >= limit || position === upTo) break;
    }
  } finally {
    ending.abort();
  }
  return oldest ? { events, oldest } : { events };
}
