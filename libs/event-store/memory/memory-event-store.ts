import { admit, positionAt } from '../admission.js';
import { encodeRequests, type EncodedRequest } from '../encoded-request.js';
import {
  assertSameStore,
  orderOf,
  type AppendRequest,
  type AppendResult,
  type EventStore,
  type FeedItem,
  type FeedOptions,
  type Position,
  type ReadOptions,
  type StoredEvent,
} from '../port.js';
import { MemoryLog } from './memory-log.js';

/** Hidden events after which a checkpoint is given. */
const CHECKPOINT_INTERVAL = 32;

/** An event store for tests: the contract of the real ones, nothing kept after the process. */
export class MemoryEventStore implements EventStore {
  readonly capabilities = { adapter: 'memory', groupsRequests: true } as const;

  constructor(private readonly log = new MemoryLog()) {}

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const results = encodeRequests(requests).map((encoded) => this.appendOne(encoded));
    this.log.wake();
    return results;
  }

  private appendOne({ request, data, metadata }: EncodedRequest): AppendResult {
    const { known, storeId } = this.log;
    const result = admit(request, storeId, known);
    if (result.outcome !== 'appended') return result;
    const { events, stream } = request;
    events.forEach((event, n) => {
      const back = events.length - 1 - n;
      const position = positionAt(storeId, known.head - back);
      this.log.add({ ...event, stream, revision: result.revision - back, position }, data[n]!, metadata[n]!);
    });
    return result;
  }

  async *readStream(stream: string, options: ReadOptions = {}): AsyncIterable<StoredEvent> {
    const { direction = 'forwards', from, limit = Infinity } = options;
    const events = this.log.streams.get(stream) ?? [];
    const step = direction === 'forwards' ? 1 : -1;
    let at = step === 1 ? (from ?? 0) : Math.min(from ?? Infinity, events.length - 1);
    for (let n = 0; n < limit; n++, at += step) {
      const read = events[at];
      if (!read) return;
      yield read();
    }
  }

  async *readStreams(streams: readonly string[]): AsyncIterable<readonly StoredEvent[]> {
    for (const stream of streams) yield (this.log.streams.get(stream) ?? []).map((read) => read());
  }

  async *feed({ after, streamPrefixes, signal }: FeedOptions): AsyncIterable<FeedItem> {
    if (after !== undefined) assertSameStore(this.log.storeId, after);
    let next = after === undefined ? 0 : parseInt(orderOf(after), 16);
    let hidden = 0;
    let saidCaughtUp = false;
    while (!signal.aborted) {
      const event = this.log.events[next]?.();
      if (hidden === CHECKPOINT_INTERVAL || (hidden > 0 && !event)) {
        hidden = 0;
        yield { kind: 'checkpoint', position: positionAt(this.log.storeId, next) };
      } else if (event) {
        next += 1;
        saidCaughtUp = false;
        const shown = !streamPrefixes || streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
        hidden = shown ? 0 : hidden + 1;
        if (shown) yield { kind: 'event', event };
      } else if (saidCaughtUp) {
        await this.log.changed(signal);
      } else {
        saidCaughtUp = true;
        yield { kind: 'caughtUp' };
      }
    }
  }

  async lastPosition(): Promise<Position | undefined> {
    return this.log.events.at(-1)?.().position;
  }

  async storeId(): Promise<string> {
    return this.log.storeId;
  }

  async close(): Promise<void> {}
}
