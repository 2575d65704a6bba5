import fc from 'fast-check';
import { regionContains } from '#libs/kernel/regions.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import { quantity, type LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { DIRECT_SOURCES, type FundStage } from '#libs/projects/domain/vocabulary.js';
import { allPages } from '../all-pages.js';
import { LedgerEntriesHandler } from '../ledger/ledger-entries.handler.js';
import { LedgerHandler } from '../ledger/ledger.handler.js';
import { ledgerProjection } from '../ledger/projection.js';
import {
  LedgerEntriesQuery,
  LedgerQuery,
  type LedgerAmounts,
  type LedgerDimension,
} from '../ledger/queries.js';
import { plansProjection } from '../plans/projection.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { eventId, recorded, type Happening } from '../testing/recorded.js';
import { statisticsProjection } from '../statistics/projection.js';
import { timelineProjection } from '../timeline/projection.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { IndicatorsHandler } from './indicators.handler.js';
import { IndicatorsQuery, type IndicatorAnswer, type IndicatorPart } from './queries.js';

const REGIONS = ['990100', '990101', '990102', '990103'];
const YEARS = [2023, 2024];

let database: ReadModelDatabase;
let indicators: IndicatorsHandler;
let ledger: LedgerHandler;
let journal: LedgerEntriesHandler;
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
  journal = new LedgerEntriesHandler(database.dataSource);
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

/** The journal's own answer to which events moved the money of a part. */
const JOURNAL: Partial<Record<LedgerMeasure, { stage: FundStage; inYear?: true; fiscal?: true }>> = {
  completedInvestment: { stage: 'completedInvestment' },
  completedInYear: { stage: 'completedInvestment', inYear: true },
  plannedForYear: { stage: 'planned', inYear: true },
  allocated: { stage: 'allocated' },
  disbursed: { stage: 'disbursed' },
  received: { stage: 'received' },
  receivedFiscal: { stage: 'received', fiscal: true },
  paid: { stage: 'paid' },
};

async function journalOf(
  region: string,
  year: number,
  moment: Moment,
  measure: LedgerMeasure,
): Promise<string[]> {
  const { stage, inYear, fiscal } = JOURNAL[measure]!;
  const end = `${year}-12-31`;
  const asEffectiveOn = moment.asEffectiveOn && moment.asEffectiveOn < end ? moment.asEffectiveOn : end;
  const asked = { ...moment, region, stage, asEffectiveOn, ...(inYear && { year }) };
  const lines = await allPages((page) =>
    journal.execute(new LedgerEntriesQuery({ ...asked, limit: 500, ...page })),
  );
  const counted = lines.filter(({ source }) => !fiscal || (source && !DIRECT_SOURCES.has(source.key)));
  return [...new Set(counted.map(({ eventId: id }) => id))];
}

const ledgerParts = (items: readonly IndicatorAnswer[]): (IndicatorPart & { measure: LedgerMeasure })[] =>
  items
    .flatMap(({ numerator, denominator }) => [numerator, ...(denominator ? [denominator] : [])])
    .flatMap((part) => {
      const { ledger: measure } = quantity(part.quantity);
      return measure && measure in JOURNAL ? [{ ...part, measure }] : [];
    });

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

it('of many regions and years asked together are those of one alone, of the ledger, of the journal, and of a fold', async () => {
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
      for (const { measure, events, eventCount } of ledgerParts(items)) {
        const lines = await journalOf(region.code, year, moment, measure);
        expect({ measure, events, eventCount }).toEqual({ measure, events: lines, eventCount: lines.length });
      }
    }),
    { numRuns: 50 },
  );
});
