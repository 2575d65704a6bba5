import pg from 'pg';
import type { EncodedRequest } from '../encoded-request.js';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { AppendResult } from '../port.js';
import { AS_TEXT, asUnavailable, clientConfig, type PostgresOptions } from './connections.js';
import { decideGroup, knownFrom, namesIn, type Decided, type KnownRow } from './group.js';

type Head = { position: string };
const LOCK_HEAD = {
  name: 'lock head',
  text: 'select position from event_store.head for update',
  types: AS_TEXT,
};
const UNIQUE_VIOLATION = '23505';

/**
 * The one connection that writes: a group of requests is one transaction of two round trips. The first locks the
 * head and looks up what the requests name, the second stores and commits.
 *
 * A group of nothing but new streams, as an import sends, is taken at its word: nothing is looked up, and the unique
 * keys of commands, events and streams refuse it where one of them is known. It is then decided with the look-up.
 */
export class WriterConnection {
  private client: pg.Client | undefined;

  constructor(
    private readonly connectionString: string,
    private readonly options: PostgresOptions,
    private readonly storeId: string,
  ) {}

  /** @throws StoreUnavailable where nothing was stored, OutcomeUnknown where that cannot be told */
  async write(requests: readonly EncodedRequest[]): Promise<AppendResult[]> {
    try {
      const client = (this.client ??= await this.connect());
      return (await this.writeAsNew(client, requests)) ?? (await this.writeAsKnown(client, requests));
    } catch (error) {
      this.drop();
      throw asUnavailable(error);
    }
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...clientConfig(this.connectionString, this.options), pipeline: true });
    client.on('error', () => {
      if (this.client === client) this.client = undefined;
    });
    await client.connect();
    return client;
  }

  /** Ends the connection whatever it was doing: the server rolls back what was not committed. */
  private drop(): void {
    const { client } = this;
    this.client = undefined;
    void client?.end().catch(() => undefined);
  }

  /** undefined, with nothing stored, where not all is new. */
  private async writeAsNew(
    client: pg.Client,
    requests: readonly EncodedRequest[],
  ): Promise<AppendResult[] | undefined> {
    if (!requests.every(({ request }) => request.expected === 'none')) return undefined;
    const [, head] = await allOf([client.query('begin'), client.query<Head>(LOCK_HEAD)]);
    const decided = decideGroup(requests, this.storeId, knownFrom([], positionOf(head)));
    try {
      await this.store(client, decided);
    } catch (error) {
      // The commit that was sent along has rolled the transaction back.
      if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) return undefined;
      throw error;
    }
    return decided.results;
  }

  private async writeAsKnown(
    client: pg.Client,
    requests: readonly EncodedRequest[],
  ): Promise<AppendResult[]> {
    const [, head, known] = await allOf([
      client.query('begin'),
      client.query<Head>(LOCK_HEAD),
      client.query<KnownRow>({
        name: 'known',
        text: 'select * from event_store.known($1, $2, $3)',
        values: namesIn(requests),
        types: AS_TEXT,
      }),
    ]);
    const decided = decideGroup(requests, this.storeId, knownFrom(known.rows, positionOf(head)));
    if (decided.changes) await this.store(client, decided);
    else await client.query('rollback');
    return decided.results;
  }

  private async store(client: pg.Client, { first, events, commands, head }: Decided): Promise<void> {
    if (this.client !== client) throw new StoreUnavailable('PostgreSQL: the connection was lost');
    try {
      await allOf([
        client.query({
          name: 'store events',
          text: 'select event_store.store_events($1, $2, $3, $4, $5, $6, $7)',
          values: [first, ...events],
        }),
        client.query({
          name: 'store commands',
          text: 'select event_store.store_commands($1, $2, $3)',
          values: [...commands],
        }),
        client.query({ name: 'move head', text: 'select event_store.move_head($1)', values: [head] }),
        client.query('commit'),
      ]);
    } catch (error) {
      if (isRolledBack(error)) throw error;
      throw new OutcomeUnknown('PostgreSQL: the connection was lost while it committed', { cause: error });
    }
  }
}

const positionOf = ({ rows }: pg.QueryResult<Head>): number => Number(rows[0]?.position);

/** The server said that a statement failed, so it did not commit; when it says that it ends, one cannot know. */
function isRolledBack(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(?:08|57P)/u.test(error.code ?? '08');
}

/** Waits for all, so that no answer is left to come, then throws the first error. */
async function allOf<T extends readonly Promise<unknown>[]>(
  queries: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(queries);
  return Promise.all(queries);
}
