import fc from 'fast-check';
import { regionContains } from '#libs/kernel/regions.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import { LedgerHandler } from '../ledger/ledger.handler.js';
import { ledgerProjection } from '../ledger/projection.js';
import { LedgerQuery, type LedgerAmounts, type LedgerDimension } from '../ledger/queries.js';
import { plansProjection } from '../plans/projection.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { eventId, recorded, type Happening } from '../testing/recorded.js';
import { statisticsProjection } from '../statistics/projection.js';
import { timelineProjection } from '../timeline/projection.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { IndicatorsHandler } from './indicators.handler.js';
import { IndicatorsQuery, type IndicatorAnswer } from './queries.js';

const REGIONS = ['990100', '990101', '990102', '990103'];
const YEARS = [2023, 2024];

let database: ReadModelDatabase;
let indicators: IndicatorsHandler;
let ledger: LedgerHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(
    plansProjection,
    yearlyCountsProjection,
    timelineProjection,
    ledgerProjection,
    statisticsProjection,
  );
  indicators = new IndicatorsHandler(database.dataSource);
  ledger = new LedgerHandler(database.dataSource);
});
afterAll(() => database.close());

const ask = async (regions: readonly string[], years: readonly number[], moment: Moment) =>
  (await indicators.execute(new IndicatorsQuery({ regions, years, ...moment }))).answers;

/** Numerators and denominators by the quantity that they are. */
const lows = (items: readonly IndicatorAnswer[]) =>
  Object.fromEntries(
    items.flatMap(({ numerator, denominator }) =>
      [numerator, ...(denominator ? [denominator] : [])].map(({ quantity, low }) => [quantity, low]),
    ),
  );

/** The same money by the question that anybody may ask of the ledger. */
async function moneyOf(region: string, year: number, moment: Moment) {
  const end = `${year}-12-31`;
  const day = moment.asEffectiveOn && moment.asEffectiveOn < end ? moment.asEffectiveOn : end;
  const answer = async (more: object = {}, groupBy: LedgerDimension[] = []) =>
    ledger.execute(new LedgerQuery({ groupBy, region, ...moment, asEffectiveOn: day, ...more }));
  const { total } = await answer();
  const inYear = (await answer({ year })).total.amounts;
  const yuan = (amounts: LedgerAmounts, column: keyof LedgerAmounts) => exact(amounts[column].fen);
  return {
    allocated: yuan(total.amounts, 'allocated'),
    disbursed: yuan(total.amounts, 'disbursed'),
    received: yuan(total.amounts, 'received'),
    paid: yuan(total.amounts, 'paid'),
    completedInvestment: yuan(total.amounts, 'completedInvestment'),
    completedInYear: yuan(inYear, 'completedInvestment'),
    plannedForYear: yuan(inYear, 'planned'),
    totalInvestment: exact(total.totalInvestment?.fen ?? '0'),
  };
}

const exact = (fen: string): string => {
  const digits = fen.replace('-', '').padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/u, '');
  return fen.startsWith('-') ? `-${text}` : text;
};

/** Projects due in use and in use, by the plainest means: a loop over what was known and in effect. */
function projectsOf(region: string, year: number, known: readonly Happening[]) {
  const projects = new Map<string, Partial<ProjectDetails> & { gone?: boolean; usedIn?: number }>();
  for (const { projectId, event, effective } of known) {
    const now = projects.get(projectId) ?? {};
    if (event.type === 'ProjectEnteredPool') projects.set(projectId, { ...event.data.details, ...now });
    if (event.type === 'ProjectDetailsRevised') projects.set(projectId, { ...now, ...event.data.after });
    if (event.type === 'ProjectWithdrawn') projects.set(projectId, { ...now, gone: true });
    if (event.type !== 'ProjectCommissioned') continue;
    const usedIn = Math.min(now.usedIn ?? 9999, Number(effective.slice(0, 4)));
    projects.set(projectId, { ...now, usedIn });
  }
  const due = [...projects.values()].filter(
    ({ name, gone, plannedUse, regions = [] }) =>
      name !== undefined &&
      !gone &&
      Number((plannedUse ?? '9999').slice(0, 4)) <= year &&
      regions.some((code) => regionContains(region, code)),
  );
  return {
    projectsDueInUse: String(due.length),
    projectsInUse: String(due.filter(({ usedIn }) => usedIn !== undefined && usedIn <= year).length),
  };
}

it('of many regions and years asked together are those of one alone, of the ledger, and of a fold', async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory, randomMoment, fc.nat(7), async (history, moment, pick) => {
      await database.startAnew();
      await database.apply(recorded(history), 10);
      const known = standing(history, eventId, moment);
      const together = await ask(REGIONS, YEARS, moment);
      for (const { region, year, items } of together) {
        expect(lows(items)).toMatchObject(projectsOf(region.code, year, known));
      }
      const { region, year, items } = together[pick]!;
      const [alone] = await ask([region.code], [year], moment);
      expect(items).toEqual(alone!.items);
      expect(lows(items)).toMatchObject(await moneyOf(region.code, year, moment));
    }),
    { numRuns: 50 },
  );
});
