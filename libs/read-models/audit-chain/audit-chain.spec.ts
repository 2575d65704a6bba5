import { Comparison } from '#libs/audit-chain/domain/comparison.js';
import { eventDigest, GENESIS, nextPlace, type ChainPlace } from '#libs/audit-chain/domain/link.js';
import { Problems } from '#libs/audit-chain/domain/problems.js';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { openEventStoreDb } from '#libs/event-store/eventstoredb/open-eventstoredb.js';
import { DoubleLog } from '#libs/event-store/eventstoredb/testing/double-log.js';
import { EventStoreDbDouble } from '#libs/event-store/eventstoredb/testing/eventstoredb-double.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { EventStore, StoredEvent } from '#libs/event-store/port.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { generatePrefecture } from '#libs/sample/prefecture.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ReadModelChain } from './kept-chain.js';
import { auditChainProjection } from './projection.js';

const SAMPLE = { counties: 1, years: 2, seed: 3, projectsPerCountyYear: 2 };

/** One request after another: many at once keep no order among streams on EventStoreDB. */
async function fill(store: EventStore): Promise<void> {
  for (const request of generatePrefecture(SAMPLE)) await store.append([request]);
}

async function eventsOf(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  const ending = new AbortController();
  for await (const item of store.feed({ signal: ending.signal })) {
    if (item.kind === 'caughtUp') break;
    if (item.kind === 'event') events.push(item.event);
  }
  ending.abort();
  return events;
}

const headOf = (events: readonly StoredEvent[]): ChainPlace =>
  events.reduce((place, event) => nextPlace(place, eventDigest(event)), GENESIS);

describe('the audit chain', () => {
  let model: ReadModelDatabase;
  let events: StoredEvent[];
  beforeAll(async () => {
    model = await ReadModelDatabase.open(auditChainProjection);
    const store = new MemoryEventStore();
    await fill(store);
    events = await eventsOf(store);
  });
  afterAll(() => model.close());

  it.each([1, 7, 500])('is the plain fold of the events, in batches of %d', async (size) => {
    await model.startAnew();
    expect(await model.apply(events, size)).toEqual([events.length]);
    const { sequence, hash } = headOf(events);
    expect(await model.totals(auditChainProjection)).toEqual({
      links: String(sequence),
      head: hash,
      anchors: '0',
    });
    const problems = new Problems();
    const comparison = new Comparison(await ReadModelChain.open(model.dataSource), problems);
    for (const event of events) await comparison.take(event);
    await comparison.finish();
    expect([problems.list(), comparison.compared, comparison.unchained]).toEqual([[], events.length, 0]);
  });

  it('is never edited', async () => {
    for (const change of ['update audit set sequence = 0', 'delete from audit', 'truncate audit']) {
      const statement = change.replace('audit', `"${auditChainProjection.name}".chain_link`);
      await expect(model.pool.query(statement)).rejects.toThrow(/append-only/u);
    }
  });

  it('chains the same events alike on memory, PostgreSQL and EventStoreDB', async () => {
    const database = await testDatabase();
    const double = new EventStoreDbDouble(new DoubleLog());
    await double.start();
    const heads: ChainPlace[] = [headOf(events)];
    for (const open of [
      () => openPostgresEventStore(database.connectionString),
      () => openEventStoreDb(double.connectionString),
    ]) {
      const store = await open();
      await fill(store);
      heads.push(headOf(await eventsOf(store)));
      await store.close();
    }
    double.stop();
    await database.drop();
    expect(heads[0]!.sequence).toBeGreaterThan(40);
    expect(heads[1]).toEqual(heads[0]);
    expect(heads[2]).toEqual(heads[0]);
  });
});
