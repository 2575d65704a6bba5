import type { EncodedRequest } from '../encoded-request.js';
import { StoreUnavailable } from '../errors.js';
import type { AppendResult } from '../port.js';

/** A group takes no further call beyond this, and callers wait while so much is queued. */
export const GROUP_LIMITS = { events: 4_000, bytes: 8_000_000 } as const;
export const QUEUE_LIMITS = { events: 20_000, bytes: 64_000_000 } as const;

interface Call {
  readonly requests: readonly EncodedRequest[];
  readonly events: number;
  readonly bytes: number;
  resolve(results: AppendResult[]): void;
  reject(error: unknown): void;
}

/**
 * Writes what arrives while a transaction commits as one next transaction. The head row lets one transaction
 * through at a time, so the more callers wait the larger the groups, and the cost of a commit is shared.
 */
export class GroupWriter {
  private readonly queue: Call[] = [];
  private readonly waitingForRoom: (() => void)[] = [];
  private queuedEvents = 0;
  private queuedBytes = 0;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly write: (requests: readonly EncodedRequest[]) => Promise<AppendResult[]>) {}

  /** Waits for room in the queue, then for the group: one result a request. */
  async append(requests: readonly EncodedRequest[]): Promise<AppendResult[]> {
    while (!this.closed && this.isFull()) {
      await new Promise<void>((resolve) => this.waitingForRoom.push(resolve));
    }
    if (this.closed) throw new StoreUnavailable('the event store is closed');
    return new Promise((resolve, reject) => {
      this.add({ requests, ...sizeOf(requests), resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Writes what is queued and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    this.letIn();
    await this.running;
  }

  private isFull(): boolean {
    return this.queuedEvents >= QUEUE_LIMITS.events || this.queuedBytes >= QUEUE_LIMITS.bytes;
  }

  private add(call: Call): void {
    this.queue.push(call);
    this.queuedEvents += call.events;
    this.queuedBytes += call.bytes;
  }

  private async run(): Promise<void> {
    do {
      // Those who were just answered may have their next request ready: they join this group, not the one after.
      await new Promise((resolve) => setImmediate(resolve));
      await this.writeGroup(this.takeGroup());
    } while (this.queue.length > 0);
    this.running = undefined;
  }

  /** The first call, whatever its size, and those behind it as long as they fit: no call is split. */
  private takeGroup(): Call[] {
    let count = 0;
    let events = 0;
    let bytes = 0;
    for (const call of this.queue) {
      const fits = events + call.events <= GROUP_LIMITS.events && bytes + call.bytes <= GROUP_LIMITS.bytes;
      if (count > 0 && !fits) break;
      count += 1;
      events += call.events;
      bytes += call.bytes;
    }
    this.queuedEvents -= events;
    this.queuedBytes -= bytes;
    const group = this.queue.splice(0, count);
    this.letIn();
    return group;
  }

  private letIn(): void {
    for (const resolve of this.waitingForRoom.splice(0)) resolve();
  }

  private async writeGroup(group: readonly Call[]): Promise<void> {
    try {
      const results = await this.write(group.flatMap((call) => call.requests));
      let at = 0;
      for (const call of group) {
        call.resolve(results.slice(at, at + call.requests.length));
        at += call.requests.length;
      }
    } catch (error) {
      for (const call of group) call.reject(error);
    }
  }
}

function sizeOf(requests: readonly EncodedRequest[]): { events: number; bytes: number } {
  let events = 0;
  let bytes = 0;
  for (const request of requests) {
    events += request.data.length;
    bytes += request.bytes;
  }
  return { events, bytes };
}
