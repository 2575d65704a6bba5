import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { makePosition, type StoredEvent } from '#libs/event-store/port.js';
import { readPlanFile } from '#libs/exchange/plan/read-plan-file.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import { idFor } from '#libs/kernel/ids.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { quantity, type QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { adopt, baseline, shares, target } from '#libs/plans/domain/testing/plan-specification.js';
import { plansProjection } from '../plans/projection.js';
import { randomHistory } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, eventId, projectId, recorded, type Happening } from '../testing/recorded.js';
import { planEventId, recordedPlan } from '../testing/recorded-plan.js';
import {
  checkedReport,
  givenBack,
  recordedStatistics,
  statisticsEventId,
} from '../testing/recorded-statistics.js';
import { statisticsProjection } from '../statistics/projection.js';
import { RecordedStatisticsQuery } from '../statistics/queries.js';
import { RecordedStatisticsHandler } from '../statistics/recorded-statistics.handler.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { YearlyCountsQuery } from '../yearly-counts/queries.js';
import { YearlyCountsHandler } from '../yearly-counts/yearly-counts.handler.js';
import { FindingsHandler } from './findings.handler.js';
import { findingsProjection } from './projection.js';
import { FindingsQuery, type FindingFilter, type FindingView } from './queries.js';

let database: ReadModelDatabase;
let statistics: RecordedStatisticsHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(
    findingsProjection,
    plansProjection,
    yearlyCountsProjection,
    statisticsProjection,
  );
  statistics = new RecordedStatisticsHandler(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

const PLAN = '990100-2023-2025';
const find = async (filter: FindingFilter): Promise<FindingView[]> =>
  (await new FindingsHandler(database.dataSource).execute(new FindingsQuery({ ...filter, limit: 100 })))
    .items;
async function published(name: string): Promise<PlanCommand[]> {
  const bytes = readFileSync(new URL(`../../../samples/plans/${name}-indicators.csv`, import.meta.url));
  const { adopted, rows } = readPlanFile(await readTable(bytes, 'a.csv'));
  return [{ type: 'AdoptPlan', data: adopted }, ...rows.flatMap(({ commands }) => commands)];
}
const enter = (n: number, region: string, plannedUse: string, count: number): Happening => ({
  projectId: projectId(n),
  event: {
    type: 'ProjectEnteredPool',
    data: {
      projectId: projectId(n),
      details: details(`项目${n}`, {
        category: 'Childcare',
        regions: [region],
        plannedUse,
        plannedCapacity: { places: { low: count, high: count } },
      }),
    },
  },
  effective: '2023',
});
const history = async (): Promise<unknown[]> => {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select subject_id, rule, position, outcome::text as outcome from read.finding_result
     order by subject_id, rule, position`,
  );
  return rows;
};
const use = (n: number, effective: string, count: number): Happening => ({
  projectId: projectId(n),
  event: { type: 'ProjectCommissioned', data: { capacity: { places: count } } },
  effective,
});

it('findings on a plan are the same however projects recorded at one time fall into batches', async () => {
  const recordedAt = '2026-11-24T02:00:00.000Z';
  const projects = [1, 2, 3, 4].map((n) => ({ ...enter(n, '513401', '2023', 100 * n), recordedAt }));
  const told: unknown[][] = [];
  for (const batch of [1, 3, 4]) {
    await database.startAnew();
    await database.apply(recordedPlan(await published('liangshan')));
    await database.apply(recorded(projects), batch);
    told.push(await history());
  }
  expect(told[0]).toEqual(told[2]);
  expect(told[1]).toEqual(told[2]);
});

it('凉山: the nursing share of 2025 and the places that no project brings are findings on the plan', async () => {
  await database.apply(recorded([enter(1, '513401', '2023', 200)]));
  await database.apply(recordedPlan(await published('liangshan')));
  const found = await find({ subjectKind: 'plan', on: '2026-11-24' });
  expect(new Set(found.map(({ rule }) => rule.id))).toEqual(new Set(['T1', 'T2', 'T4']));
  expect(found[0]).toMatchObject({
    id: 'T1-513400-2023-2025',
    rule: { category: { key: 'plan', label: '方案文本' } },
    subject: { kind: { key: 'plan' }, id: '513400-2023-2025' },
    project: null,
    regions: { codes: ['513400'] },
  });
  const nursing = found[0]!.items.find(({ sentence }) => sentence.includes('护理型床位占比”2025'));
  expect(nursing).toMatchObject({ severity: { key: 'error' }, figures: { targets: '80%,80%,≥60%' } });
  const places = found
    .find(({ rule }) => rule.id === 'T4')!
    .items.find(({ figures }) => figures['year'] === '2025');
  expect(places).toMatchObject({
    figures: { needed: '21863', lacking: '9304', listed: '200', stillLacking: '9104' },
  });
  expect(places!.events).toContain(eventId(0));
  const on = async (asEffectiveOn: string) => {
    const [found] = await find({ rule: 'T4', region: '513400', asEffectiveOn });
    return found?.items.find(({ figures }) => figures['year'] === '2025')?.figures['listed'];
  };
  // The plan is of 11 December; the project came into the pool in 2023, for certain on its last day.
  expect(await on('2023-12-10')).toBeUndefined();
  expect(await on('2023-12-30')).toBe('0');
  expect(await on('2023-12-31')).toBe('200');
});

it('安阳: reaching 4.5 only after rounding is a note on the plan', async () => {
  await database.apply(recordedPlan(await published('anyang')));
  const [rounded] = await find({ rule: 'T2', region: '410500', on: '2026-11-24' });
  const note = rounded!.items.find(({ sentence }) => sentence.includes('四舍五入后才达到目标'));
  expect(note).toMatchObject({ severity: { key: 'warning' }, figures: { computed: '4.492' } });
});

it("holds a county's share against the county's plan, whichever of them comes first", async () => {
  const prefecture = [adopt(), target('100'), shares({ '990101': '40', '990102': '60' })];
  const county = [
    adopt({ region: '990101', title: '示例1县方案' }),
    target('30', { region: '990101', source: { document: '示例1县方案', locator: '二' } }),
  ];
  for (const plans of [
    [prefecture, county],
    [county, prefecture],
  ]) {
    await database.startAnew();
    for (const plan of plans) await database.apply(recordedPlan(plan), 1);
    const found = await find({ rule: 'T3', on: '2026-11-24' });
    expect(found.map(({ subject }) => subject.id)).toEqual([PLAN]);
    expect(found[0]!.items[0]!.events).toEqual([planEventId(PLAN, 2), planEventId('990101-2023-2025', 1)]);
  }
});

it('a reported stock is a finding once it is checked, milder when explained, and none once given back', async () => {
  const [region, period] = ['990100', '2024'];
  const steps = [
    ...checkedReport(region, period, { places: '12800' }),
    {
      type: 'DifferenceExplained' as const,
      data: { figure: 'places' as const, explanation: '家庭托育点未入库' },
    },
    givenBack(region, period, 1),
  ];
  const events = [
    ...recordedPlan([adopt(), baseline('12559')]),
    ...recorded([enter(1, '990101', '2024', 200), use(1, '2024-05-01', 200)]),
    ...recordedStatistics(region, period, steps),
  ];
  const asked = { rule: 'C3', on: '2026-11-24' };
  const said: (string | undefined)[] = [];
  for (let n = 1; n <= steps.length; n += 1) {
    await database.startAnew();
    await database.apply(events.slice(0, events.length - steps.length + n));
    const [finding] = await find(asked);
    said.push(finding?.severity?.key);
    if (n !== 3) continue;
    expect(finding).toMatchObject({
      id: 'C3-990100-2024',
      subject: { kind: { key: 'region', label: '地区' }, name: '示例州2024年' },
      items: [{ figures: { recorded: '12800', facilities: '12759', difference: '41' } }],
    });
    expect(finding!.items[0]!.events).toEqual([
      statisticsEventId(region, period, 1),
      statisticsEventId(region, period, 2),
      planEventId(PLAN, 1),
      eventId(1),
    ]);
  }
  expect(said).toEqual([undefined, undefined, 'error', 'warning', undefined]);
  await database.startAnew();
  await database.apply(events.slice(0, events.length - 2));
  const ofADay = async (asEffectiveOn: string) =>
    (await find({ rule: 'C3', asEffectiveOn })).map(({ items }) => items[0]!.figures['difference']);
  expect(await ofADay('2026-06-02')).toEqual(['41']);
  // The day before, nothing had been reported.
  expect(await ofADay('2026-06-01')).toEqual([]);
  await database.startAnew();
  await database.apply(events);
  const [back] = await find({ ...asked, status: 'notApplicable' });
  expect(back?.why).toContain('没有已审核');
});

describe('whatever projects do', () => {
  const STORE = idFor('specification store');
  const commands = [
    adopt(),
    baseline('300'),
    baseline('100', { indicator: '养老床位数', printedName: '养老床位数', unit: '张' }),
    baseline('60', { indicator: '养老机构床位数', printedName: '养老机构床位数', unit: '张' }),
    target('5000', { indicator: '养老床位数', printedName: '养老床位数', unit: '张' }),
    target('9000', { source: { document: '示例州方案', locator: '三' } }),
  ];
  const reports = ['2023', '2024', '2025'].flatMap((period) =>
    recordedStatistics(
      '990100',
      period,
      checkedReport('990100', period, {
        places: '0',
        institutionBeds: '100000',
        communityBeds: '0',
        homeBeds: '0',
      }),
    ),
  );
  /** Plan and reports come in the middle of what the projects do. */
  const all = (history: readonly Happening[]): StoredEvent[] => {
    const facts = recorded(history);
    const middle = Math.floor(facts.length / 2);
    return [...facts.slice(0, middle), ...recordedPlan(commands), ...reports, ...facts.slice(middle)].map(
      (stored, n) => ({ ...stored, position: makePosition(STORE, n.toString(16).padStart(16, '0')) }),
    );
  };
  const outcomes = async (): Promise<Map<string, Outcome>> => {
    const { rows } = await database.pool.query<{ id: string; outcome: Outcome }>(
      `select rule || '-' || subject_id as id, outcome from read.finding_current
       where rule in ('C3', 'T1', 'T4') order by 1`,
    );
    return new Map(rows.map(({ id, outcome }) => [id, outcome]));
  };

  it('C3 counts as yearly counts and the page of statistics do, and batches do not matter', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.integer({ min: 1, max: 9 }), async (history, batch) => {
        await database.startAnew();
        await database.apply(all(history), batch);
        const found = await outcomes();
        const counts = await new YearlyCountsHandler(database.dataSource).execute(
          new YearlyCountsQuery({ region: '990100', from: 2023, to: 2025 }),
        );
        for (const { year, counts: of } of counts.total) {
          if (year === null) continue;
          const outcome = found.get(`C3-990100-${year}`);
          const items = outcome?.kind === 'fail' ? outcome.items : [];
          const beds = items.find(({ figures }) => figures['quantity'] === 'beds');
          expect(beds?.figures['facilities']).toBe(String(of.beds.stockAtYearEnd));
          const asked = new RecordedStatisticsQuery({ region: '990100', period: String(year) });
          const { comparisons } = await statistics.execute(asked);
          expect(
            comparisons.filter(({ exceeds }) => exceeds).map(({ label, difference }) => [label, difference]),
          ).toEqual(
            items.map(({ figures }) => [
              quantity(figures['quantity'] as QuantityId).label,
              figures['difference'],
            ]),
          );
        }
        await database.startAnew();
        await database.apply(all(history), 500);
        expect(await outcomes()).toEqual(found);
      }),
      { numRuns: 12 },
    );
  });
});
