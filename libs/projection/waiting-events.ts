import type { StoredEvent } from '#libs/event-store/port.js';
import { isOneMoment } from './one-moment.js';

/**
 * Events in the order of the feed, taken from the front by whole moments. Neighbours are compared only where the answer
 * is asked for, and no two of them again and again: a comparison parses the metadata of both.
 */
export class WaitingEvents {
  private events: StoredEvent[] = [];
  /** Behind so many of them stood what is no event. */
  private closed = 0;
  /** So many are whole moments, as far as the neighbours among the first `looked` say. */
  private whole = 0;
  private looked = 0;
  /** Where a full batch ends, once that is known; and up to where it was looked for in vain. */
  private full: number | undefined;
  private notFullAt: number;

  /** @param size of a full batch */
  constructor(private readonly size: number) {
    this.notFullAt = size;
  }

  get length(): number {
    return this.events.length;
  }

  push(event: StoredEvent): void {
    this.events.push(event);
  }

  /** A checkpoint or the end of the feed stands behind them: nothing more comes of the last one's moment. */
  close(): void {
    this.closed = this.whole = this.looked = this.events.length;
  }

  /** So many from the front are moments that are over. */
  wholeMoments(): number {
    const from = Math.max(1, this.looked);
    this.looked = this.events.length;
    for (let end = this.events.length - 1; end >= from; end--) {
      if (!this.isMomentAcross(end)) return (this.whole = end);
    }
    return this.whole;
  }

  /** With `size` events and all of the last one's moment; undefined where there are not so many, or its end is unknown. */
  fullBatch(): number | undefined {
    this.full ??= this.endOfFull();
    return this.full;
  }

  private endOfFull(): number | undefined {
    for (; this.notFullAt < this.events.length; this.notFullAt++) {
      if (this.notFullAt === this.closed || !this.isMomentAcross(this.notFullAt)) return this.notFullAt;
    }
    return this.notFullAt === this.closed ? this.closed : undefined;
  }

  take(count: number): readonly StoredEvent[] {
    const taken = this.events.slice(0, count);
    this.events = this.events.slice(count);
    this.closed = Math.max(0, this.closed - count);
    this.whole = Math.max(0, this.whole - count);
    this.looked = Math.max(0, this.looked - count);
    this.full = undefined;
    this.notFullAt = this.size;
    return taken;
  }

  private isMomentAcross(end: number): boolean {
    return isOneMoment(this.events[end - 1]!, this.events[end]!);
  }
}
