import type { FeedItem, Position, StoredEvent } from '#libs/event-store/port.js';
import { WaitingEvents } from './waiting-events.js';

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
  private readonly waiting: WaitingEvents;
  private to: Position | undefined;
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
    this.waiting = new WaitingEvents(size);
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
    if (this.isFull()) return true;
    if (!this.live && !this.impatient && !this.finished) return false;
    return this.waiting.length === 0 || this.waiting.wholeMoments() > 0;
  }

  private isFull(): boolean {
    return this.waiting.fullBatch() !== undefined;
  }

  private take(to: Position): BatchOrEnd {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.impatient = false;
    if (this.isFull()) this.live = this.endUnsaid;
    const events = this.waiting.take(this.waiting.fullBatch() ?? this.waiting.wholeMoments());
    const isAll = this.waiting.length === 0;
    if (isAll) this.to = undefined;
    this.wakeReader?.();
    if (!isAll) this.offer();
    return { kind: 'batch', events, to: isAll ? to : events.at(-1)!.position };
  }

  private async pump(feed: AsyncIterable<FeedItem>): Promise<void> {
    try {
      for await (const item of feed) {
        this.add(item);
        if (this.waiting.length >= 2 * this.size && this.isFull() && !this.closed) {
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
    if (item.kind === 'event') {
      this.waiting.push(item.event);
      this.to = item.event.position;
    } else if (item.kind === 'checkpoint') {
      this.waiting.close();
      this.to = item.position;
    } else {
      this.waiting.close();
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
