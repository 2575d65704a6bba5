import fc from 'fast-check';
import { randomHistory, randomMoment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, projectId, recorded, type Happening } from '../testing/recorded.js';
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

  it('leaves out a project whose money came later in the month that is asked about', async () => {
    const id = projectId(1);
    const told = { projectId: id, effective: '2024-03-20', recordedAt: '2024-03-21T00:00:00.000Z' };
    const enter: Happening['event'] = {
      type: 'ProjectEnteredPool',
      data: { projectId: id, details: details('项目') },
    };
    const allocate: Happening['event'] = {
      type: 'FundsAllocated',
      data: {
        source: 'ProvincialFiscal',
        budgetYear: 2024,
        amountFen: '100',
        documentNumber: '文',
        authority: '示例',
      },
    };
    await database.startAnew();
    const entered = { ...told, effective: '2024-03-01', recordedAt: '2024-03-01T00:00:00.000Z' };
    await database.apply(
      recorded([
        { ...entered, event: enter },
        { ...told, event: allocate },
      ]),
    );
    const had = async (moment: LedgerFilter) => (await inPages({ year: 2024, ...moment }, 5)).length;
    expect(await had({ asEffectiveOn: '2024-03-19' })).toBe(0);
    expect(await had({ asEffectiveOn: '2024-03-20' })).toBe(1);
    expect(await had({ asKnownAt: '2024-03-20T23:59:59Z' })).toBe(0);
    expect(await had({ asKnownAt: '2024-03-21T00:00:00Z' })).toBe(1);
  });

  it('refuses a cursor of another list', async () => {
    const query = new LedgerProjectsQuery({ cursor: 'bm9uZQ', limit: 5 });
    await expect(pages.execute(query)).rejects.toMatchObject({ code: 'paging.badCursor' });
  });
});
