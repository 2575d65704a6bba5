import { setTimeout as delay } from 'node:timers/promises';
import { positionAt } from '../admission.js';
import { StoreUnavailable } from '../errors.js';
import type { FeedItem } from '../port.js';
import type { Page, Reader } from './reader.js';
import type { Wake } from './wake.js';

interface Fetched {
  readonly upTo: number;
  readonly page: Promise<Page | undefined>;
}

/** Positions of a page: it starts small, since most pages of a live feed are, and doubles while pages stay light. */
const PAGE = { first: 256, most: 4_096, characters: 4_000_000 } as const;
const BACKOFF = { first: 100, most: 5_000 } as const;

export interface FeedSource {
  readonly storeId: string;
  readonly reader: Reader;
  readonly wake: Wake;
}

/**
 * Follows the order of the store behind position `after`. Positions have no gaps and a position that is read was
 * committed after all below it, so a page is simply the next n positions, filtered. One page is fetched ahead of the
 * one that is consumed.
 */
export async function* feedOf(
  { storeId, reader, wake }: FeedSource,
  after: number,
  prefixes: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncGenerator<FeedItem, void, undefined> {
  let saidCaughtUp = false;
  while (!signal.aborted) {
    const count = wake.count;
    const head = await persistently(() => reader.head(), signal);
    if (head === undefined) return;
    if (head > after) {
      yield* pages(storeId, reader, { after, head }, prefixes, signal);
      after = head;
      saidCaughtUp = false;
    } else if (saidCaughtUp) {
      await wake.wait(count, signal);
    } else {
      saidCaughtUp = true;
      yield { kind: 'caughtUp' };
    }
  }
}

async function* pages(
  storeId: string,
  reader: Reader,
  range: { after: number; head: number },
  prefixes: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncGenerator<FeedItem, void, undefined> {
  let size: number = PAGE.first;
  const fetch = (after: number): Fetched => {
    const upTo = Math.min(after + size, range.head);
    return { upTo, page: persistently(() => reader.page(after, upTo, prefixes), signal) };
  };
  let next: Fetched | undefined = fetch(range.after);
  while (next) {
    const { upTo, page }: Fetched = next;
    const read: Page | undefined = await page;
    if (!read) return;
    size = sizeAfter(size, read.characters);
    next = upTo < range.head ? fetch(upTo) : undefined;
    // Nobody waits for the page ahead if the reader leaves amid this one.
    next?.page.catch(() => undefined);
    for (const event of read.events) {
      if (signal.aborted) return;
      yield { kind: 'event', event };
    }
    const position = positionAt(storeId, upTo);
    if (signal.aborted) return;
    if (read.events.at(-1)?.position !== position) yield { kind: 'checkpoint', position };
  }
}

function sizeAfter(size: number, characters: number): number {
  return characters > PAGE.characters ? Math.ceil(size / 4) : Math.min(size * 2, PAGE.most);
}

/** Tries until the store answers; undefined when the signal was given first. */
async function persistently<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  for (let pause: number = BACKOFF.first; !signal.aborted; pause = Math.min(pause * 2, BACKOFF.most)) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // Half of it by chance, so that those who lost the store together do not come back together.
      await delay(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
