import { setTimeout } from 'node:timers/promises';
import { assertSameStore, type FeedItem, type FeedOptions } from '../port.js';
import type { Connection } from './connection.js';
import { isOutage, readFailure } from './failures.js';
import { readStoreId } from './store-id.js';
import { subscribe } from './subscription.js';

/** Milliseconds to wait before attempt n (from 0) to subscribe anew. */
export type RetryDelay = (attempt: number) => number;

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;

/** Doubles up to 10 s; a random half of it, so that many processes do not come back at one moment. */
export const backOffWithJitter: RetryDelay = (attempt) => {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 20));
  return delay / 2 + (Math.random() * delay) / 2;
};

/**
 * Subscriptions one after another, each behind the last item that was yielded: the client never subscribes anew by
 * itself. The store's id is read each time, for what answers after an outage may be another store.
 */
export async function* endlessFeed(
  connection: Connection,
  { after, streamPrefixes, signal }: FeedOptions,
  retryDelay: RetryDelay,
): AsyncGenerator<FeedItem> {
  let last = after;
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const storeId = await readStoreId(connection);
      if (last !== undefined) assertSameStore(storeId, last);
      for await (const item of subscribe(connection, { storeId, after: last, streamPrefixes, signal })) {
        if (item.kind === 'event') last = item.event.position;
        if (item.kind === 'checkpoint') last = item.position;
        attempt = 0;
        yield item;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isOutage(error)) throw readFailure(error);
    }
    await setTimeout(retryDelay(attempt), undefined, { signal }).catch(() => undefined);
  }
}
