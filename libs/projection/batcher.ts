import type { FeedItem, Position, StoredEvent } from '#libs/event-store/port.js';
import { isOneMoment } from './one-moment.js';

/** What is written in one transaction. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  /** Everything up to here is in this batch or before it; behind the last event where the filter hid others. */
  readonly to: Position;
}

/** A batch, or the news that the feed reached its end and everything read so far was handed out. */
export type BatchOrEnd = (Batch & { readonly kind: 'batch' }) | { readonly kind: 'caughtUp' };

/** How long what a started batch has waits for more while the feed is behind but yields nothing. */
const PATIENCE_MS = 200;

/**
 * Reads the feed ahead while the batch before is being written, at most two batches far. Behind, it hands out full
 * batches; at the end of the feed it hands out what there is at once, so that a single write is seen without delay.
 * No batch parts a moment: the last one is kept back until the feed tells what stands behind it.
 */
export class Batcher {
  private events: StoredEvent[] = [];
  private to: Position | undefined;
  /** So many of the events are whole moments: another event, a checkpoint or the end of the feed stands behind them. */
  private whole = 0;
  /** Once it is known, until that batch is taken. */
  private fullAt: number | undefined;
  private live = false;
  private endUnsaid = false;
  private finished = false;
  private closed = false;
  private failure: Error | undefined;
  private patience: NodeJS.Timeout | undefined;
  private impatient = false;
  private wakeReader: (() => void) | undefined;
  private wakeWriter: (() => void) | undefined;

  constructor(
    feed: AsyncIterable<FeedItem>,
    private readonly size: number,
  ) {
    void this.pump(feed);
  }

  /** The next batch; undefined when the feed was ended by its signal. @throws what the feed threw */
  async next(): Promise<BatchOrEnd | undefined> {
    for (;;) {
      if (this.failure) throw this.failure;
      if (this.to !== undefined && this.due()) return this.take(this.to);
      if (this.to === undefined && this.endUnsaid) {
        this.endUnsaid = false;
        return { kind: 'caughtUp' };
      }
      if (this.finished) return undefined;
      await new Promise<void>((resolve) => (this.wakeWriter = resolve));
    }
  }

  /** Ends reading; the feed is told by its iterator. */
  close(): void {
    this.closed = true;
    clearTimeout(this.patience);
    this.wakeReader?.();
  }

  private due(): boolean {
    const some = this.whole > 0 || this.events.length === 0;
    return some && (this.live || this.impatient || this.finished || this.isFull());
  }

  private isFull(): boolean {
    this.fullAt ??= this.endOfFull();
    return this.fullAt !== undefined;
  }

  /** Where a full batch ends: with `size` events and all of the last one's moment. */
  private endOfFull(): number | undefined {
    for (let end = this.size; end <= this.whole; end++) {
      if (end === this.whole || !isOneMoment(this.events[end - 1]!, this.events[end]!)) return end;
    }
    return undefined;
  }

  private take(to: Position): BatchOrEnd {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.impatient = false;
    if (this.isFull()) this.live = this.endUnsaid;
    const end = this.fullAt ?? this.whole;
    const events = this.events.slice(0, end);
    this.events = this.events.slice(end);
    this.whole -= end;
    this.fullAt = undefined;
    const isAll = this.events.length === 0;
    if (isAll) this.to = undefined;
    this.wakeReader?.();
    if (!isAll) this.offer();
    return { kind: 'batch', events, to: isAll ? to : events.at(-1)!.position };
  }

  private async pump(feed: AsyncIterable<FeedItem>): Promise<void> {
    try {
      for await (const item of feed) {
        this.add(item);
        if (this.events.length >= 2 * this.size && this.isFull() && !this.closed) {
          await new Promise<void>((resolve) => (this.wakeReader = resolve));
        }
        if (this.closed) break;
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    this.finished = true;
    clearTimeout(this.patience);
    this.wakeWriter?.();
  }

  private add(item: FeedItem): void {
    const last = this.events.at(-1);
    if (item.kind !== 'event' || (last && !isOneMoment(last, item.event))) this.whole = this.events.length;
    if (item.kind === 'event') {
      this.events.push(item.event);
      this.to = item.event.position;
    } else if (item.kind === 'checkpoint') {
      this.to = item.position;
    } else {
      this.live = true;
      this.endUnsaid = true;
    }
    this.offer();
  }

  /** Deferred by a turn of the event loop: the other events of the same append come into the same batch. */
  private offer(): void {
    if (this.live || this.isFull()) {
      const wake = this.wakeWriter;
      this.wakeWriter = undefined;
      if (wake) setImmediate(wake);
    } else if (!this.closed) {
      this.patience ??= setTimeout(() => {
        this.impatient = true;
        this.wakeWriter?.();
      }, PATIENCE_MS);
    }
  }
}
