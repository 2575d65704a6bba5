import pg from 'pg';
import { grouped } from '#libs/kernel/grouped.js';
import { inOrder } from '#libs/kernel/in-order.js';
import { positionAt } from '../admission.js';
import { encodeRequests } from '../encoded-request.js';
import {
  type AppendRequest,
  type AppendResult,
  type EventStore,
  type FeedItem,
  type FeedOptions,
  type Position,
  type ReadOptions,
  type StoredEvent,
} from '../port.js';
import { asUnavailable, clientConfig, type PostgresOptions } from './connections.js';
import { feedOf } from './feed.js';
import { GroupWriter } from './group-writer.js';
import { Reader } from './reader.js';
import { installSchema } from './schema.js';
import { Wake } from './wake.js';
import { WriterConnection } from './writer-connection.js';

const STREAM_PAGE = 1_000;
/** Streams asked for in one statement, and statements under way for one reader. */
const STREAMS_AT_ONCE = 50;
const STATEMENTS_AHEAD = 2;
/** Above any revision: they are 32-bit integers in the database. */
const LAST_REVISION = 2_147_483_647;

/**
 * Opens the event store in the schema `event_store` of a PostgreSQL database, which it installs or migrates first.
 * @throws StoreUnavailable where the database cannot be reached
 */
export async function openPostgresEventStore(
  connectionString: string,
  options: PostgresOptions = {},
): Promise<EventStore> {
  const client = new pg.Client({ ...clientConfig(connectionString, options), options: '' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return new PostgresEventStore(connectionString, options, await installSchema(client));
  } catch (error) {
    throw asUnavailable(error);
  } finally {
    await client.end();
  }
}

class PostgresEventStore implements EventStore {
  readonly capabilities = { adapter: 'postgres', groupsRequests: true } as const;
  private readonly connection: WriterConnection;
  private readonly writer: GroupWriter;
  private readonly reader: Reader;
  private readonly wake: Wake;
  private readonly closing = new AbortController();

  constructor(
    connectionString: string,
    options: PostgresOptions,
    private readonly id: string,
  ) {
    this.connection = new WriterConnection(connectionString, options, id);
    this.writer = new GroupWriter((requests) => this.connection.write(requests));
    this.reader = new Reader(connectionString, options, id);
    this.wake = new Wake(connectionString, options);
  }

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const encoded = encodeRequests(requests);
    return encoded.length === 0 ? [] : this.writer.append(encoded);
  }

  async *readStream(stream: string, options: ReadOptions = {}): AsyncIterable<StoredEvent> {
    const { direction = 'forwards', limit = Infinity } = options;
    const forwards = direction === 'forwards';
    let from = options.from ?? (forwards ? 0 : LAST_REVISION);
    for (let left = limit; left > 0 && from >= 0; left -= STREAM_PAGE) {
      const wanted = Math.min(left, STREAM_PAGE);
      const events = await this.reader.streamPage(stream, direction, from, wanted);
      yield* events;
      const last = events.at(-1);
      if (!last || events.length < wanted) return;
      from = last.revision + (forwards ? 1 : -1);
    }
  }

  async *readStreams(streams: readonly string[]): AsyncIterable<readonly StoredEvent[]> {
    const groups: (readonly string[])[] = [];
    for (let at = 0; at < streams.length; at += STREAMS_AT_ONCE) {
      groups.push(streams.slice(at, at + STREAMS_AT_ONCE));
    }
    for await (const group of inOrder(groups, STATEMENTS_AHEAD, (some) => this.readGroup(some))) yield* group;
  }

  private async readGroup(streams: readonly string[]): Promise<StoredEvent[][]> {
    const found = new Map<string, StoredEvent[]>();
    for (let left = streams; left.length > 0;) {
      const page = await this.reader.streamsPage(left, STREAM_PAGE);
      for (const [stream, events] of grouped(page, (event) => event.stream)) found.set(stream, events);
      if (page.length < STREAM_PAGE) break;
      const last = page.at(-1)!;
      const rest = this.readStream(last.stream, { from: last.revision + 1 });
      for await (const event of rest) found.get(last.stream)!.push(event);
      left = left.filter((stream) => !found.has(stream));
    }
    return streams.map((stream) => found.get(stream) ?? []);
  }

  feed(options: FeedOptions): AsyncIterable<FeedItem> {
    const source = { storeId: this.id, reader: this.reader, wake: this.wake };
    return feedOf(source, options, AbortSignal.any([options.signal, this.closing.signal]));
  }

  async lastPosition(): Promise<Position | undefined> {
    const head = await this.reader.head();
    return head === 0 ? undefined : positionAt(this.id, head);
  }

  async storeId(): Promise<string> {
    return this.id;
  }

  /** Writes what is queued, ends the feeds and gives the connections back. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.writer.close();
    await Promise.all([this.connection.close(), this.reader.close(), this.wake.close()]);
  }
}
