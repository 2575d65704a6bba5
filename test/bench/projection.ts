import pg from 'pg';
import { openDatabase } from '#libs/database/data-source.js';
import type { AppendRequest, EventStore } from '#libs/event-store/port.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { generatePrefecture } from '#libs/sample/prefecture.js';
import { median, type BenchRow } from './bench-row.js';

const EVENTS = Number(process.argv[3] ?? 100_000);
const REQUESTS_AT_ONCE = 200;
const PAGE = 5_000;
/** The rivals take turns, and the median of the rounds counts: the machine is not always equally free. Millions take long enough. */
const ROUNDS = EVENTS > 1_000_000 ? 1 : 3;
/** What emmett-postgresql 0.42 projected when the design was made, on two cores; it is not run again here. */
const EMMETT_PER_SECOND = 690;
const EMMETT = `emmett-postgresql's projector (${EMMETT_PER_SECOND}/s)`;
const RAW_READ = 'raw paged read of the store';

const RAW_PAGE = `
  select position, stream, revision, id, type, data, metadata
  from event_store.events where position > $1 order by position limit ${PAGE}`;

/**
 * Rebuilding the ledger through the runner against reading the same events with bare SQL, page by page.
 * Leaves its events and tables in the database: give it one of its own.
 */
export async function benchLedgerRebuild(connectionString: string): Promise<BenchRow[]> {
  const database = await openDatabase(connectionString);
  const store = await openPostgresEventStore(connectionString);
  const events = await fill(store);
  const runner = new ProjectionRunner({ connectionString, store, projections: [ledgerProjection] });
  await runner.start();
  await runner.caughtUp({ timeoutMs: 600_000 });
  const reads: number[] = [];
  const rebuilds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    reads.push(await rawRead(connectionString, events));
    rebuilds.push(events / (await runner.rebuild(ledgerProjection.name)).seconds);
  }
  await runner.stop();
  await store.close();
  await database.destroy();
  const ratios = rebuilds.map((rebuild, n) => rebuild / reads[n]!);
  const name = `ledger rebuild, ${events} events`;
  const perSecond = median(rebuilds);
  return [
    { name: RAW_READ, perSecond: median(reads) },
    { name, perSecond, ratioTo: { name: RAW_READ, ratio: median(ratios) } },
    { name, perSecond, ratioTo: { name: EMMETT, ratio: perSecond / EMMETT_PER_SECOND } },
  ];
}

/** Whole lives of projects of the made-up prefecture, as many as it takes. */
export async function fill(store: EventStore): Promise<number> {
  let stored = 0;
  let requests: AppendRequest[] = [];
  for (const request of generatePrefecture({
    counties: 99,
    years: 10,
    seed: 1,
    projectsPerCountyYear: 100,
  })) {
    requests.push(request);
    stored += request.events.length;
    if (requests.length < REQUESTS_AT_ONCE && stored < EVENTS) continue;
    await store.append(requests);
    requests = [];
    if (stored >= EVENTS) break;
  }
  return stored;
}

async function rawRead(connectionString: string, events: number): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const start = performance.now();
  let after = '0';
  let read = 0;
  for (;;) {
    const { rows } = await client.query<{ position: string }>({
      name: 'page',
      text: RAW_PAGE,
      values: [after],
    });
    const last = rows.at(-1);
    if (!last) break;
    read += rows.length;
    after = last.position;
  }
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  if (read !== events) throw new Error(`read ${read} of ${events} events`);
  return read / seconds;
}
