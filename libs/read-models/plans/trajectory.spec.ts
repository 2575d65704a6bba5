import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readPlanFile } from '#libs/exchange/plan/read-plan-file.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import {
  adopt,
  at,
  baseline,
  population,
  shares,
  target,
} from '#libs/plans/domain/testing/plan-specification.js';
import { ledgerProjection } from '../ledger/projection.js';
import { registerProjection } from '../register/projection.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, eventId, projectId, recorded, type Happening } from '../testing/recorded.js';
import { recordedPlan } from '../testing/recorded-plan.js';
import { checkedReport, recordedStatistics } from '../testing/recorded-statistics.js';
import { statisticsProjection } from '../statistics/projection.js';
import { timelineProjection } from '../timeline/projection.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import type { AsOf } from '../views.js';
import { comingProjects } from './pipeline.js';
import { PlanTargetsHandler } from './plan-targets.handler.js';
import { PlanYearsHandler } from './plan-years.handler.js';
import { PlansHandler } from './plans.handler.js';
import { plansProjection } from './projection.js';
import { PlanTargetsQuery, PlansQuery, PlanYearsQuery, TrajectoryQuery } from './queries.js';
import { TrajectoryHandler } from './trajectory.handler.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(
    plansProjection,
    registerProjection,
    yearlyCountsProjection,
    timelineProjection,
    ledgerProjection,
    statisticsProjection,
  );
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

async function published(name: string): Promise<PlanCommand[]> {
  const bytes = readFileSync(new URL(`../../../samples/plans/${name}-indicators.csv`, import.meta.url));
  const { adopted, rows } = readPlanFile(await readTable(bytes, 'a.csv'));
  return [{ type: 'AdoptPlan', data: adopted }, ...rows.flatMap(({ commands }) => commands)];
}
const planned = (n: number, more: Parameters<typeof details>[1]): Happening => ({
  projectId: projectId(n),
  event: {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(`项目${n}`, more) },
  },
  effective: '2023',
});
const childcare = (n: number, region: string, plannedUse: string, low: number, high = low) =>
  planned(n, {
    category: 'Childcare',
    regions: [region],
    plannedUse,
    plannedCapacity: { places: { low, high } },
  });
const inUse = (n: number, effective: string, places: number): Happening => ({
  projectId: projectId(n),
  event: { type: 'ProjectCommissioned', data: { capacity: { places } } },
  effective,
});
const trajectory = (planId: string, indicator = 'placesPerThousand', asOf: AsOf = {}) =>
  new TrajectoryHandler(database.dataSource).execute(new TrajectoryQuery({ planId, indicator, ...asOf }));
const targetsOf = (planId: string) =>
  new PlanTargetsHandler(database.dataSource).execute(new PlanTargetsQuery({ planId }));

it('凉山: 12,559 places are 2.585 per 1,000; 4.5 takes 21,863, 9,304 are missing, of which the list plans 200', async () => {
  await database.apply([
    ...recordedPlan(await published('liangshan')),
    ...recorded([childcare(1, '513401', '2023', 200)]),
  ]);
  const { value, actual, targets, contradictions, counties } = await trajectory('513400-2023-2025');
  expect([actual.low, value?.printed]).toEqual(['12559', '2.585']);
  const last = targets.filter(({ year }) => year === 2025);
  expect(new Set(last.map(({ needed, missing }) => `${needed} ${missing}`))).toEqual(new Set(['21863 9304']));
  expect(last[0]).toMatchObject({
    planned: { low: 200, high: 200, unknownProjects: 0 },
    stillMissing: { low: '9104', high: '9104' },
    perYear: null,
  });
  expect(contradictions.at(-1)?.sentence).toContain('需 21863，尚缺 9304；清单安排到该年投用 200，仍缺 9104');
  expect(counties.map(({ region, high }) => [region.label, high])).toEqual([['西昌市', 200]]);
});

it('凉山: the nursing share of 2025 stands side by side as 80% and ≥60%, beside what is computed', async () => {
  await database.apply(recordedPlan(await published('liangshan')));
  const { targets, contradictions, plan } = await targetsOf('513400-2023-2025');
  expect(plan).toMatchObject({ documentNumber: '凉府办发〔2023〕33号', region: { name: '凉山彝族自治州' } });
  const nursing = contradictions.find(({ rule, indicator }) => rule === 'T1' && indicator.includes('护理型'));
  expect(nursing).toMatchObject({ severity: 'error', year: 2025 });
  expect(nursing?.sides.map(({ printed }) => printed)).toEqual(['80%', '80%', '≥60%']);
  const places = targets.filter(
    ({ indicator, year }) => indicator.startsWith('每千人口3岁') && year === 2025,
  );
  expect(
    places.map(({ printed, verdict, attribute }) => [printed, verdict.key, attribute?.label]),
  ).toContainEqual(['4.5个', 'missed', '约束性']);
  expect(places[0]?.computed?.printed).toBe('2.585');
});

it('holds what two plans promise of one county side by side, on either of them', async () => {
  const own = (document: string) => ({ region: '990101', source: { document, locator: '二' } });
  await database.apply([
    ...recordedPlan([adopt(), target('400', own('示例州方案'))]),
    ...recordedPlan([adopt({ region: '990101', title: '示例1县方案' }), target('300', own('示例1县方案'))]),
  ]);
  for (const planId of ['990100-2023-2025', '990101-2023-2025']) {
    const { contradictions } = await targetsOf(planId);
    expect(contradictions).toMatchObject([{ rule: 'T1', severity: 'error', year: 2025 }]);
    expect(contradictions[0]!.sides).toHaveLength(2);
  }
});

it('安阳: 24,600 places reach 4.5 only after rounding, and this is said', async () => {
  await database.apply(recordedPlan(await published('anyang')));
  const { contradictions } = await targetsOf('410500-2022-2025');
  expect(contradictions.map(({ sentence }) => sentence).join()).toContain(
    '≥24600个 ÷ 547.63万人 = 4.492个，四舍五入后才达到目标 4.5个',
  );
});

it('sets the targets of each year beside the actual years, with what changed and whether it was enough', async () => {
  const perThousand = (value: string, year: number) =>
    target(value, { indicator: '每千人口3岁以下婴幼儿托位数', year, source: at(`表 ${year}`) });
  await database.apply([
    ...recordedPlan([
      adopt(),
      baseline('250'),
      population('100000'),
      perThousand('2.6', 2023),
      perThousand('3', 2024),
    ]),
    ...recorded([childcare(1, '990101', '2023', 40), inUse(1, '2024-06-01', 40)]),
    ...recordedStatistics('990100', '2023', checkedReport('990100', '2023', { places: '260' })),
  ]);
  const ask = (asEffectiveOn?: string) =>
    new PlanYearsHandler(database.dataSource).execute(
      new PlanYearsQuery({
        planId: '990100-2023-2025',
        ...(asEffectiveOn !== undefined && { asEffectiveOn }),
      }),
    );
  const { from, to, indicators } = await ask();
  expect([from, to, indicators.length]).toEqual([2022, 2025, 1]);
  expect(
    indicators[0]!.years.map(({ year, targets, actual, change }) => [
      year,
      targets.map(({ printed, verdict }) => `${printed} ${verdict.key}`).join(),
      actual?.printed,
      change?.printed,
    ]),
  ).toEqual([
    [2022, '', '2.500', undefined],
    [2023, '2.6个 reached', '2.600', '+0.100'],
    [2024, '3个 reached', '3.000', '+0.400'],
    [2025, '', '3.000', '0.000'],
  ]);
  const then = (await ask('2023-12-31')).indicators[0]!.years;
  expect(then.map(({ actual, why }) => actual?.printed ?? why)).toEqual([
    '2.500',
    '2.600',
    '尚未到来',
    '尚未到来',
  ]);
  expect(then[2]!.targets[0]!.verdict.key).toBe('open');
});

it('keeps ranges, counts projects without a count, and sets the shares of counties beside their projects', async () => {
  const commands = [adopt(), target('1000'), shares({ '990101': '400', '990102': '600' })];
  await database.apply([
    ...recordedPlan(commands),
    ...recorded([
      childcare(1, '990101', '2024', 100, 200),
      planned(2, { category: 'Childcare', regions: ['990101'], plannedUse: '2024' }),
      childcare(3, '990103', '2026', 50),
    ]),
  ]);
  const { targets, pipeline, counties, actual } = await trajectory('990100-2023-2025', 'places');
  expect(actual).toMatchObject({ low: null, source: { key: 'missing' } });
  expect(targets[0]).toMatchObject({
    needed: '1000',
    missing: null,
    planned: { low: 100, high: 200, unknownProjects: 1, projects: 2 },
  });
  expect(pipeline.map(({ year, low, high, stage }) => [year, low, high, stage.key])).toEqual([
    [2024, 100, 200, 'pooled'],
    [2026, 50, 50, 'pooled'],
  ]);
  expect(counties.map(({ region, share, high }) => [region.label, share, high])).toEqual([
    ['示例1县', '400', 200],
    ['示例2县', '600', 0],
    ['示例3县', null, 50],
  ]);
});

it('is as it was known then, and as it was in effect then', async () => {
  const late = (happening: Happening): Happening => ({
    ...happening,
    recordedAt: '2026-07-01T00:00:00.000Z',
  });
  const started: Happening = {
    projectId: projectId(1),
    event: { type: 'ConstructionStarted', data: {} },
    effective: '2024-03-01',
  };
  const plan = recordedPlan([adopt(), baseline('12559'), population('4858400'), target('20000')]);
  const before = [
    childcare(1, '990101', '2025', 200),
    childcare(2, '990102', '2026', 60),
    childcare(3, '990102', '2025', 30),
    started,
    inUse(3, '2026-02-01', 30),
  ];
  await database.apply([...recorded(before), ...plan]);
  const then = await trajectory('990100-2023-2025', 'places');
  expect(then.pipeline.map(({ year, stage, high }) => [year, stage.key, high])).toEqual([
    [2025, 'underConstruction', 200],
    [2026, 'pooled', 60],
  ]);
  await database.startAnew();
  const after = [late(childcare(4, '990103', '2025', 500)), late(inUse(1, '2026-03-01', 180))];
  const events = recorded([...before, ...after]);
  await database.apply([...events.slice(0, before.length), ...plan]);
  await database.apply(
    events.slice(before.length).map((event) => ({ ...event, position: `~${event.position}` as never })),
  );
  expect((await trajectory('990100-2023-2025', 'places')).actual.low).toBe('12769');
  const asked = { asKnownAt: '2026-06-30T00:00:00Z' };
  expect(await trajectory('990100-2023-2025', 'places', asked)).toEqual({ ...then, day: '2026-06-30' });
  const early = await trajectory('990100-2023-2025', 'places', { asEffectiveOn: '2023-12-31' });
  expect(early).toMatchObject({ day: '2023-12-31', actual: { low: '12559' } });
  expect(early.pipeline.map(({ year, stage, projects }) => [year, stage.key, projects])).toEqual([
    [2025, 'pooled', 3],
    [2026, 'pooled', 1],
  ]);
  expect(early.targets[0]).toMatchObject({ missing: '7441', perYear: '2481' });
  const unknown = trajectory('990100-2023-2025', 'places', { asKnownAt: '2026-01-01T00:00:00Z' });
  await expect(unknown).rejects.toMatchObject({ code: 'plan.notFound' });
});

it('what is to come, as of any moment, is what a replay of the facts until then says', async () => {
  const beds = { kind: 'beds', scope: 'institution' } as const;
  const coming = (moment: Moment) => comingProjects(database.dataSource, '990100', beds, moment);
  await fc.assert(
    fc.asyncProperty(randomHistory, randomMoment, async (history, moment) => {
      await database.startAnew();
      await database.apply(recorded(history), 10);
      const then = await coming(moment);
      await database.startAnew();
      await database.apply(recorded(standing(history, eventId, moment)));
      expect(then).toEqual(await coming({}));
    }),
    { numRuns: 40 },
  );
});

it('lists plans of a region, and refuses what has no plan or no way to be worked out', async () => {
  await database.apply([...recordedPlan(await published('xixian')), ...recordedPlan([adopt()])]);
  const list = async (filter: Partial<PlansQuery['params']> = {}) =>
    new PlansHandler(database.dataSource).execute(new PlansQuery({ limit: 10, ...filter }));
  const all = await list();
  expect(all.nextCursor).toBeNull();
  expect(all.items.map(({ id, area, targets }) => [id, area, targets])).toEqual([
    ['610000-xixian-2023-2025', '西咸新区', 39],
    ['990100-2023-2025', null, 0],
  ]);
  expect((await list({ region: '990100' })).items).toHaveLength(1);
  const first = await list({ limit: 1 });
  const second = await list({ limit: 1, cursor: first.nextCursor! });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect(second.nextCursor).toBeNull();
  await expect(targetsOf('990100-2030-2031')).rejects.toMatchObject({ code: 'plan.notFound' });
  await expect(trajectory('610000-xixian-2023-2025')).rejects.toMatchObject({
    code: 'indicators.noTrajectory',
  });
  await expect(trajectory('990100-2023-2025', 'nursingShare')).rejects.toMatchObject({
    code: 'indicators.unknown',
  });
});
