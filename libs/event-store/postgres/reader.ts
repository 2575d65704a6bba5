import pg from 'pg';
import { positionAt } from '../admission.js';
import type { JsonObject, Position, StoredEvent } from '../port.js';
import { AS_TEXT, asUnavailable, clientConfig, type PostgresOptions } from './connections.js';
import { copyPage, type CopyParameter } from './copied-page.js';
import { sqlOf } from './sql.js';

type Row = readonly [
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

const QUERIES = {
  head: sqlOf('read-head'),
  page: sqlOf('read-page'),
  pageOfPrefixes: sqlOf('read-page-of-prefixes'),
  forwards: sqlOf('read-stream-forwards'),
  backwards: sqlOf('read-stream-backwards'),
  streams: sqlOf('read-streams'),
};

/** A page of the feed: the events that the filter shows, and how much was read for them, in characters or bytes. */
export interface Page {
  readonly events: StoredEvent[];
  readonly size: number;
}

/** A page of at most so many positions, as a reader at the end of the feed asks for, goes by a prepared statement. */
const FEW = 64;

/**
 * An event whose JSON is parsed whenever it is asked for, and not kept: a projection passes over many events unread,
 * and what is read ahead or belongs to a batch stays small for the garbage collector. Read it once.
 */
class EventOfRow implements StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly #data: string;
  readonly #metadata: string;

  constructor([position, stream, revision, id, type, data, metadata]: Row, storeId: string) {
    this.id = id;
    this.type = type;
    this.stream = stream;
    this.revision = Number(revision);
    this.position = positionAt(storeId, Number(position));
    this.#data = data;
    this.#metadata = metadata;
  }

  get data(): JsonObject {
    return JSON.parse(this.#data) as JsonObject;
  }

  get metadata(): JsonObject {
    return JSON.parse(this.#metadata) as JsonObject;
  }
}

/** Reads pages of events over a pool of its own. All methods @throws StoreUnavailable. */
export class Reader {
  private readonly pool: pg.Pool;

  constructor(
    connectionString: string,
    options: PostgresOptions,
    private readonly storeId: string,
  ) {
    this.pool = new pg.Pool({ ...clientConfig(connectionString, options), max: options.readers ?? 4 });
    // A connection that breaks while it rests is replaced by the pool; who uses one sees the error itself.
    this.pool.on('error', () => undefined);
  }

  /** The position of the last event, as a number; 0 where there is none. */
  async head(): Promise<number> {
    const [row] = await this.query<readonly [string]>('head', []);
    return Number(row?.[0]);
  }

  /** Events with `after` < position ≤ `upTo`. */
  async page(after: number, upTo: number, prefixes: readonly string[] | undefined): Promise<Page> {
    const name = prefixes ? 'pageOfPrefixes' : 'page';
    const values = [after, upTo, ...(prefixes ? [prefixes] : [])];
    if (upTo - after > FEW) return this.copy(name, values);
    const rows = await this.query<Row>(name, values);
    const size = rows.reduce((sum, row) => sum + row[5].length + row[6].length, 0);
    return { events: rows.map((row) => this.eventOf(row)), size };
  }

  async streamPage(
    stream: string,
    direction: 'forwards' | 'backwards',
    from: number,
    limit: number,
  ): Promise<StoredEvent[]> {
    const rows = await this.query<Row>(direction, [stream, from, limit]);
    return rows.map((row) => this.eventOf(row));
  }

  /** The first events of all the streams together, stream by stream: only the last of these may have more. */
  async streamsPage(streams: readonly string[], limit: number): Promise<StoredEvent[]> {
    const rows = await this.query<Row>('streams', [streams, limit]);
    return rows.map((row) => this.eventOf(row));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async copy(name: keyof typeof QUERIES, values: readonly CopyParameter[]): Promise<Page> {
    try {
      return await copyPage(this.pool, QUERIES[name], values, this.storeId);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  private async query<R>(name: keyof typeof QUERIES, values: unknown[]): Promise<R[]> {
    try {
      const query = { name, text: QUERIES[name], values, types: AS_TEXT, rowMode: 'array' } as const;
      return (await this.pool.query(query)).rows as unknown as R[];
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  private eventOf(row: Row): StoredEvent {
    return new EventOfRow(row, this.storeId);
  }
}
