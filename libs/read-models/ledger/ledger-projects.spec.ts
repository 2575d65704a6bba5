import fc from 'fast-check';
import { randomHistory, randomMoment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { recorded } from '../testing/recorded.js';
import { LedgerProjectsHandler } from './ledger-projects.handler.js';
import { LedgerHandler } from './ledger.handler.js';
import { ledgerProjection } from './projection.js';
import { LedgerProjectsQuery, LedgerQuery, type LedgerFilter, type LedgerRow } from './queries.js';

let database: ReadModelDatabase;
let pages: LedgerProjectsHandler;
let whole: LedgerHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection);
  pages = new LedgerProjectsHandler(database.dataSource);
  whole = new LedgerHandler(database.dataSource);
});
afterAll(() => database.close());

async function inPages(filter: LedgerFilter, limit: number): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await pages.execute(
      new LedgerProjectsQuery({ ...filter, ...(cursor && { cursor }), limit }),
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

const FILTERS: readonly LedgerFilter[] = [
  {},
  { year: 2024 },
  { source: 'SelfRaised' },
  { region: '990101' },
  { category: 'ElderlyCare', year: null },
];

describe('the ledger by project in pages', () => {
  it('has the rows of the whole table in their order, now and as of a moment, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        randomMoment,
        fc.integer({ min: 1, max: 3 }),
        async (history, moment, limit) => {
          await database.startAnew();
          await database.apply(recorded(history), 9);
          for (const filter of FILTERS.flatMap((each) => [each, { ...each, ...moment }])) {
            const table = await whole.execute(new LedgerQuery({ ...filter, groupBy: ['project'] }));
            expect(await inPages(filter, limit)).toEqual(table.rows);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('refuses a cursor of another list', async () => {
    const query = new LedgerProjectsQuery({ cursor: 'bm9uZQ', limit: 5 });
    await expect(pages.execute(query)).rejects.toMatchObject({ code: 'paging.badCursor' });
  });
});
