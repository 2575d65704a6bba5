import { inOrder } from '#libs/kernel/in-order.js';
import { encodeRequests } from '../encoded-request.js';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type {
  AppendRequest,
  AppendResult,
  EventStore,
  FeedItem,
  FeedOptions,
  Position,
  ReadOptions,
  StoredEvent,
} from '../port.js';
import type { Connection } from './connection.js';
import { readFailure } from './failures.js';
import { endlessFeed, type RetryDelay } from './feed.js';
import { LastPosition } from './last-position.js';
import { KeyedQueues } from './queues.js';
import { readRecords } from './reading.js';
import { recordsOf, refuseReservedNames, toPosition, toStoredEvent } from './records.js';
import { writeRequest } from './request-writer.js';
import { readStoreId } from './store-id.js';

/** Appends under way at a time: more only wait in the server. */
const APPENDS_AT_ONCE = 64;
/** Streams read at a time for one reader. */
const READS_AT_ONCE = 16;

/** The port over EventStoreDB or KurrentDB (server 23.10 and newer). */
export class EventStoreDbEventStore implements EventStore {
  readonly capabilities = { adapter: 'eventstoredb', groupsRequests: false } as const;
  private readonly queues = new KeyedQueues(APPENDS_AT_ONCE);
  private readonly last = new LastPosition();
  private readonly closing = new AbortController();
  private id: Promise<string> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly retryDelay: RetryDelay,
  ) {}

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    refuseReservedNames(requests.map((request) => request.stream));
    const calls = encodeRequests(requests).map((encoded) => ({
      request: encoded.request,
      records: recordsOf(encoded),
    }));
    if (calls.length === 0) return [];
    const storeId = await this.storeId();
    let failed = false;
    const write = async ({ request, records }: (typeof calls)[number]): Promise<AppendResult> => {
      if (failed) throw new StoreUnavailable('not sent: another request of the call failed');
      this.assertOpen();
      try {
        return await writeRequest(this.connection, storeId, request, records);
      } catch (error) {
        failed = true;
        throw readFailure(error);
      }
    };
    return allOf(
      await Promise.allSettled(calls.map((call) => this.queues.run(call.request.stream, () => write(call)))),
    );
  }

  async *readStream(stream: string, options?: ReadOptions): AsyncGenerator<StoredEvent> {
    this.assertOpen();
    const storeId = await this.storeId();
    try {
      for await (const record of readRecords(this.connection, stream, options)) {
        yield toStoredEvent(storeId, record);
      }
    } catch (error) {
      throw readFailure(error);
    }
  }

  /** The server reads one stream a call. */
  readStreams(streams: readonly string[]): AsyncIterable<readonly StoredEvent[]> {
    return inOrder(streams, READS_AT_ONCE, async (stream) => {
      const events: StoredEvent[] = [];
      for await (const event of this.readStream(stream)) events.push(event);
      return events;
    });
  }

  feed(options: FeedOptions): AsyncIterable<FeedItem> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    return endlessFeed(this.connection, { ...options, signal }, this.retryDelay);
  }

  async lastPosition(): Promise<Position | undefined> {
    this.assertOpen();
    const storeId = await this.storeId();
    const last = await this.last.read(this.connection);
    return last && toPosition(storeId, last);
  }

  storeId(): Promise<string> {
    this.id ??= readStoreId(this.connection).catch((error: unknown) => {
      this.id = undefined;
      throw error;
    });
    return this.id;
  }

  /** Ends the feeds too. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.connection.close();
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the store was closed');
  }
}

/** The answers of all requests, or the one error that says what the caller may rely on. */
function allOf(settled: readonly PromiseSettledResult<AppendResult>[]): AppendResult[] {
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (failures.length === 0) return answers;
  const unknown = failures.find((failure) => failure instanceof OutcomeUnknown);
  if (unknown) throw unknown;
  if (answers.some((answer) => answer.outcome === 'appended')) {
    const message = `${answers.length} of ${settled.length} requests were answered, then the store was lost`;
    throw new OutcomeUnknown(message, { cause: failures[0] });
  }
  throw failures[0];
}
