import fc from 'fast-check';
import { LedgerHandler } from '../ledger/ledger.handler.js';
import { ledgerProjection } from '../ledger/projection.js';
import { LedgerQuery, type Ledger, type LedgerDimension } from '../ledger/queries.js';
import { plansProjection } from '../plans/projection.js';
import { ProjectTotalsHandler } from '../register/project-totals.handler.js';
import { registerProjection } from '../register/projection.js';
import { ProjectTotalsQuery } from '../register/queries.js';
import { randomHistory, randomMoment, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, projectId, recorded, wan, type Happening } from '../testing/recorded.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { YearlyCountsQuery } from '../yearly-counts/queries.js';
import { YearlyCountsHandler } from '../yearly-counts/yearly-counts.handler.js';
import { overviewOf } from './overview.handler.js';
import type { PlannedInYear } from './queries.js';

let database: ReadModelDatabase;
let ledger: LedgerHandler;
let counts: YearlyCountsHandler;
let totals: ProjectTotalsHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(
    ledgerProjection,
    yearlyCountsProjection,
    registerProjection,
    plansProjection,
  );
  ledger = new LedgerHandler(database.dataSource);
  counts = new YearlyCountsHandler(database.dataSource);
  totals = new ProjectTotalsHandler(database.dataSource);
});
afterAll(() => database.close());

const THIS_YEAR = 2024;
const ask = (params: Moment & { region?: string }) => overviewOf(database.dataSource, params, THIS_YEAR);
const ledgerBy = (groupBy: LedgerDimension[], params: object): Promise<Ledger> =>
  ledger.execute(new LedgerQuery({ groupBy, ...params }));
const plannedIn = (rows: readonly PlannedInYear[]) =>
  rows.flatMap(({ year, planned }) => planned.map(({ source, amount }) => [year, source.key, amount.fen]));
const plannedOf = ({ rows }: Ledger, year: 'year' | 'plannedUseYear') =>
  rows
    .filter(({ source, amounts }) => source && amounts.planned.fen !== '0')
    .map((row) => [row[year], row.source!.key, row.amounts.planned.fen]);

async function assertAgrees(params: Moment & { region?: string }): Promise<void> {
  const overview = await ask(params);
  const byUse = await ledgerBy(['plannedUseYear'], params);
  expect(overview.total).toEqual(byUse.total);
  expect(
    overview.byUseYear.map(({ planned: _, year, ...figures }) => ({ plannedUseYear: year, ...figures })),
  ).toEqual(
    byUse.rows.map(({ plannedUseYear, projects, totalInvestment, unknownTotals, unsourced }) => ({
      plannedUseYear,
      projects,
      totalInvestment,
      unknownTotals,
      unsourced,
    })),
  );
  expect(plannedIn(overview.byUseYear)).toEqual(
    plannedOf(await ledgerBy(['plannedUseYear', 'source'], params), 'plannedUseYear'),
  );
  expect(plannedIn(overview.byBudgetYear)).toEqual(
    plannedOf(await ledgerBy(['year', 'source'], params), 'year'),
  );
  const { from, to, years } = overview.counts;
  expect(years).toEqual((await counts.execute(new YearlyCountsQuery({ from, to, ...params }))).total);
  expect(overview.stages).toEqual(
    await totals.execute(new ProjectTotalsQuery({ groupBy: 'stage', ...params })),
  );
}

describe('the overview', () => {
  it('says what the ledger, the yearly counts and the register say, of any region and day', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        fc.array(randomMoment, { maxLength: 2 }),
        fc.constantFrom('990101', '990102', '990100'),
        async (history, moments, region) => {
          await database.startAnew();
          await database.apply(recorded(history), 7);
          for (const moment of [{}, ...moments]) {
            await assertAgrees(moment);
            await assertAgrees({ ...moment, region });
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('shows the years around this one that anything is planned for, and never a century of them', async () => {
    const enter = (n: number, plannedUse?: string): Happening => ({
      projectId: projectId(n),
      effective: '2023',
      event: {
        type: 'ProjectEnteredPool',
        data: {
          projectId: projectId(n),
          details: details(`项目${n}`, { totalInvestmentFen: wan(n), ...(plannedUse && { plannedUse }) }),
        },
      },
    });
    await database.startAnew();
    await database.apply(recorded([enter(1, '2026'), enter(2, '2099'), enter(3)]));
    const { counts: told, byUseYear, byBudgetYear } = await ask({});
    expect([told.from, told.to, told.years.length]).toEqual([2024, 2034, 12]);
    expect(byUseYear.map(({ year, unsourced }) => [year, unsourced?.fen])).toEqual([
      [2026, wan(1)],
      [2099, wan(2)],
      [null, wan(3)],
    ]);
    expect(byBudgetYear).toEqual([]);
  });
});
