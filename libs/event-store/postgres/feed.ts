import { setTimeout as delay } from 'node:timers/promises';
import { positionAt } from '../admission.js';
import { StoreUnavailable } from '../errors.js';
import { assertSameStore, orderOf, type FeedItem, type FeedOptions } from '../port.js';
import type { Page, Reader } from './reader.js';
import type { Wake } from './wake.js';

interface Fetched {
  readonly upTo: number;
  readonly page: Promise<Page | undefined>;
}

/** Positions of a page: it starts small, since most pages of a live feed are, and doubles while pages stay light. */
const PAGE = { first: 256, most: 4_096, size: 4_000_000 } as const;
const BACKOFF = { first: 100, most: 5_000 } as const;

export interface FeedSource {
  readonly storeId: string;
  readonly reader: Reader;
  readonly wake: Wake;
}

/**
 * Follows the order of the store behind position `after`. Positions have no gaps and a position that is read was
 * committed after all below it, so a page is simply the next n positions, filtered. One generator does it all: each
 * one that passes items on would cost as much again as reading them.
 */
export async function* feedOf(
  { storeId, reader, wake }: FeedSource,
  { after, streamPrefixes }: Pick<FeedOptions, 'after' | 'streamPrefixes'>,
  signal: AbortSignal,
): AsyncGenerator<FeedItem, void, undefined> {
  if (after !== undefined) assertSameStore(storeId, after);
  let at = after === undefined ? 0 : parseInt(orderOf(after), 16);
  let saidCaughtUp = false;
  while (!signal.aborted) {
    const count = wake.count;
    const head = (await persistently(() => reader.head(), signal)) ?? at;
    const pages = new PagesAhead((from, upTo) => reader.page(from, upTo, streamPrefixes), at, head, signal);
    for (let page = await pages.next(); page; page = await pages.next()) {
      for (const event of page.events) {
        if (signal.aborted) return;
        yield { kind: 'event', event };
      }
      if (signal.aborted) return;
      const position = positionAt(storeId, page.upTo);
      if (page.events.at(-1)?.position !== position) yield { kind: 'checkpoint', position };
    }
    if (signal.aborted) return;
    if (head > at) {
      at = head;
      saidCaughtUp = false;
    } else if (saidCaughtUp) {
      await wake.wait(count, signal);
    } else {
      saidCaughtUp = true;
      yield { kind: 'caughtUp' };
    }
  }
}

/** The pages up to the head, each fetched while the one before is consumed. */
class PagesAhead {
  private size: number = PAGE.first;
  private ahead: Fetched | undefined;

  constructor(
    private readonly read: (after: number, upTo: number) => Promise<Page>,
    after: number,
    private readonly head: number,
    private readonly signal: AbortSignal,
  ) {
    this.ahead = this.fetch(after);
  }

  /** Undefined behind the last page, or after the signal. */
  async next(): Promise<(Page & { readonly upTo: number }) | undefined> {
    const fetched = this.ahead;
    const page = await fetched?.page;
    if (!fetched || !page) return undefined;
    this.size = sizeAfter(this.size, page.size);
    this.ahead = this.fetch(fetched.upTo);
    // Nobody waits for it if the reader leaves amid the page before.
    this.ahead?.page.catch(() => undefined);
    return { ...page, upTo: fetched.upTo };
  }

  private fetch(after: number): Fetched | undefined {
    if (after >= this.head) return undefined;
    const upTo = Math.min(after + this.size, this.head);
    return { upTo, page: persistently(() => this.read(after, upTo), this.signal) };
  }
}

function sizeAfter(size: number, read: number): number {
  return read > PAGE.size ? Math.ceil(size / 4) : Math.min(size * 2, PAGE.most);
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
