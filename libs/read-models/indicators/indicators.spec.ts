import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { adopt, baseline, population } from '#libs/plans/domain/testing/plan-specification.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import { ledgerProjection } from '../ledger/projection.js';
import { plansProjection } from '../plans/projection.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, eventId, projectId, recorded, wan, type Happening } from '../testing/recorded.js';
import { planEventId, recordedPlan } from '../testing/recorded-plan.js';
import {
  checkedReport,
  givenBack,
  recordedStatistics,
  statisticsEventId,
} from '../testing/recorded-statistics.js';
import { statisticsProjection } from '../statistics/projection.js';
import { timelineProjection } from '../timeline/projection.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { IndicatorsHandler } from './indicators.handler.js';
import { IndicatorsQuery, type IndicatorAnswer } from './queries.js';

const PLAN_ID = '990100-2023-2025';
let database: ReadModelDatabase;
let indicators: IndicatorsHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(
    plansProjection,
    yearlyCountsProjection,
    timelineProjection,
    ledgerProjection,
    statisticsProjection,
  );
  indicators = new IndicatorsHandler(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => database.startAnew());

async function given(commands: readonly PlanCommand[], projects: readonly Happening[] = []): Promise<void> {
  await database.apply([...recordedPlan(commands), ...recorded(projects)]);
}
async function ask(
  indicator: string,
  year: number,
  more: Partial<IndicatorsQuery['params']> = {},
): Promise<IndicatorAnswer> {
  const params = { regions: ['990100'], years: [year], indicators: [indicator], ...more };
  const { answers } = await indicators.execute(new IndicatorsQuery(params));
  return answers[0]!.items[0]!;
}

const story = (n: number, event: ProjectEvent, effective: string): Happening => ({
  projectId: projectId(n),
  event,
  effective,
});
const enter = (n: number, more: Parameters<typeof details>[1]) =>
  story(
    n,
    { type: 'ProjectEnteredPool', data: { projectId: projectId(n), details: details(`项目${n}`, more) } },
    '2023',
  );
const inUse = (n: number, effective: string, capacity: Record<string, number>, bedScope?: 'institution') =>
  story(n, { type: 'ProjectCommissioned', data: { capacity, ...(bedScope && { bedScope }) } }, effective);

const places = [adopt(), baseline('12559'), population('4858400')];

describe('an indicator', () => {
  it('is exact, is rounded once, and names both parts with their dates and documents', async () => {
    await given(places);
    const answer = await ask('placesPerThousand', 2023);
    expect(answer.value).toEqual({ low: '62795/24292', high: '62795/24292', printed: '2.585' });
    expect(answer).toMatchObject({
      formula: '托位 ÷ 常住人口 × 1000',
      indicator: { version: 2, scope: '全部托位 ÷ 常住人口' },
      numerator: {
        low: '12559',
        high: '12559',
        source: { key: 'baseline' },
        asOf: '2023-12-31',
        evidence: [{ eventId: planEventId(PLAN_ID, 1), locator: '一(二)', printed: '12559个' }],
        eventCount: 1,
      },
      denominator: { low: '4858400', asOf: '2020-12-31', events: [planEventId(PLAN_ID, 2)] },
    });
  });

  it('counts from the baseline what projects added since, and not what they added before', async () => {
    const childcare = { category: 'Childcare' as const };
    await given(places, [
      enter(1, childcare),
      enter(2, childcare),
      inUse(1, '2022-06-01', { places: 100 }),
      inUse(2, '2024-06-01', { places: 200 }),
    ]);
    expect((await ask('places', 2023)).value?.printed).toBe('12559');
    const later = await ask('places', 2024);
    expect(later.value?.printed).toBe('12759');
    expect(later.numerator.events).toEqual([planEventId(PLAN_ID, 1), eventId(3)]);
    expect((await ask('places', 2024, { asEffectiveOn: '2024-01-01' })).value?.printed).toBe('12559');
  });

  it('without a baseline is at least what projects brought, and without a population is unknown', async () => {
    await given([adopt()], [enter(1, {}), inUse(1, '2024', { places: 60 })]);
    expect((await ask('places', 2024)).value).toEqual({ low: '60', high: null, printed: '≥60' });
    const ratio = await ask('placesPerThousand', 2024);
    expect(ratio).toMatchObject({ value: null, why: '没有登记常住人口', denominator: { low: null } });
    expect(await ask('places', 2023)).toMatchObject({
      value: null,
      numerator: { source: { key: 'missing' } },
    });
  });

  it('of institution beds leaves others out, and says how many beds have no scope', async () => {
    const stock = (indicator: string, value: string) =>
      baseline(value, { indicator, printedName: indicator, unit: '张' });
    await given(
      [adopt(), stock('养老机构床位数', '1000'), stock('养老机构护理型床位数', '400')],
      [
        enter(1, { bedScope: 'institution' }),
        enter(2, { bedScope: 'community' }),
        enter(3, {}),
        inUse(1, '2023-05-01', { beds: 100, nursingBeds: 50 }),
        inUse(2, '2023-05-01', { beds: 70 }),
        inUse(3, '2023-05-01', { beds: 10 }),
      ],
    );
    const { numerator, denominator, value } = await ask('nursingShare', 2023);
    expect([numerator.low, denominator?.low, denominator?.high]).toEqual(['450', '1100', '1110']);
    expect(value?.printed).toBe('40.54—40.91');
    expect(denominator?.explanation).toContain('另有 10张未列机构口径');
  });

  it('follows the reversal of what it rests on', async () => {
    const replaced = recordedPlan([
      ...places,
      { type: 'ReverseEntry', data: { eventId: planEventId(PLAN_ID, 1), reason: '有误' } },
      baseline('12600'),
    ]);
    await database.apply(replaced);
    expect((await ask('places', 2023)).value?.printed).toBe('12600');
    const asKnownAt = '2026-06-01T12:02:30Z';
    expect((await ask('places', 2023, { asKnownAt })).value?.printed).toBe('12559');
  });

  it('of money divides sums over all projects as of the end of the year', async () => {
    const allocated = (amountFen: string): ProjectEvent => ({
      type: 'FundsAllocated',
      data: {
        source: 'CentralBudgetInvestment',
        budgetYear: 2024,
        amountFen,
        documentNumber: '示例1号',
        authority: '示例州发展改革委',
      },
    });
    const disbursed: ProjectEvent = {
      type: 'FundsDisbursed',
      data: {
        source: 'CentralBudgetInvestment',
        budgetYear: 2024,
        amountFen: wan(100),
        documentNumber: '示例2号',
      },
    };
    await given(
      [adopt()],
      [
        enter(1, { totalInvestmentFen: wan(1000) }),
        story(1, allocated(wan(300)), '2024-03-01'),
        story(1, disbursed, '2025-02-01'),
      ],
    );
    expect((await ask('disbursementRate', 2024)).value?.printed).toBe('0.00');
    expect((await ask('disbursementRate', 2025)).value?.printed).toBe('33.33');
    expect((await ask('arrivalRateOfTotal', 2025)).denominator?.low).toBe('10000000');
  });

  it('of money lists the first hundred events behind it, in the order recorded, and counts them all', async () => {
    const paid = (no: number): Happening =>
      story(
        1,
        {
          type: 'FundsPaid',
          data: {
            source: 'SelfRaised',
            budgetYear: 2024,
            amountFen: wan(1),
            payee: '示例建设公司',
            basisDocument: `合同${no}号`,
            purpose: '工程款',
          },
        },
        `2024-0${1 + (no % 9)}-01`,
      );
    const received: ProjectEvent = {
      type: 'FundsReceived',
      data: { source: 'SelfRaised', budgetYear: 2024, amountFen: wan(500), documentNumber: '回单1号' },
    };
    const plan: ProjectEvent = {
      type: 'FundingPlanned',
      data: {
        lines: [
          { source: 'SelfRaised', budgetYear: 2024, amountFen: wan(300) },
          { source: 'CountyFiscal', budgetYear: 2024, amountFen: wan(200) },
          { source: 'CountyFiscal', budgetYear: 2025, amountFen: wan(100) },
        ],
      },
    };
    const before = [
      enter(1, { totalInvestmentFen: wan(500) }),
      enter(2, {}),
      story(1, plan, '2024-01-01'),
      story(1, received, '2024-01-01'),
    ];
    await given([adopt()], [...before, ...Array.from({ length: 103 }, (_, no) => paid(no))]);
    const { numerator, denominator } = await ask('paymentRateOfReceived', 2024);
    expect(numerator).toMatchObject({ quantity: 'paid', eventCount: 103, eventDigest: null });
    expect(numerator.events).toEqual(Array.from({ length: 100 }, (_, no) => eventId(4 + no)));
    expect(denominator).toMatchObject({ events: [eventId(3)], eventCount: 1 });
    const early = await ask('paymentRateOfReceived', 2024, { asEffectiveOn: '2024-01-31' });
    expect(early.numerator).toMatchObject({ asOf: '2024-01-31', low: '120000', eventCount: 12 });
    expect(early.numerator.events[1]).toBe(eventId(4 + 9));
    expect((await ask('completedRateOfYear', 2024)).denominator).toMatchObject({
      events: [eventId(2)],
      eventCount: 1,
    });
    expect((await ask('completedRate', 2024)).denominator).toMatchObject({
      events: [eventId(0)],
      eventCount: 1,
    });
  });

  it('of projects counts those that were due by the end of the year', async () => {
    await given(
      [adopt()],
      [
        enter(1, { plannedUse: '2024' }),
        enter(2, { plannedUse: '2024-06' }),
        enter(3, { plannedUse: '2025' }),
        enter(4, {}),
        inUse(1, '2024-09-01', { beds: 10 }),
        inUse(3, '2024-09-01', { beds: 10 }),
      ],
    );
    expect(await ask('inUseRate', 2024)).toMatchObject({
      value: { printed: '50.00' },
      numerator: { low: '1', events: [eventId(4)] },
      denominator: { low: '2' },
    });
    expect((await ask('inUseRate', 2025)).value?.printed).toBe('66.67');
    expect(await ask('startRate', 2025)).toMatchObject({ value: null, why: '分母为零' });
  });

  it('of a county rests on what is recorded about the county', async () => {
    const county = { region: '990101' };
    await given([...places, baseline('300', county), population('100000', county)]);
    const { answers } = await indicators.execute(
      new IndicatorsQuery({
        regions: ['990100', '990101', '990102'],
        years: [2023],
        indicators: ['千人口托位数'],
      }),
    );
    expect(answers.map(({ region, items }) => [region.name, items[0]?.value?.printed])).toEqual([
      ['示例州', '2.585'],
      ['示例1县', '3.000'],
      ['示例2县', undefined],
    ]);
  });

  describe('with annual statistics', () => {
    const CHECKED = { places: '12700', residents: '5000000' };
    const project = [enter(1, { category: 'Childcare' }), inUse(1, '2024-06-01', { places: 200 })];
    const report = (period: string, values: Record<string, string>, steps = 3) =>
      recordedStatistics('990100', period, checkedReport('990100', period, values).slice(0, steps));

    it('takes the checked report of the latest year before what plans print, and says so', async () => {
      await database.apply([...recordedPlan(places), ...recorded(project), ...report('2023', CHECKED)]);
      const before = await ask('placesPerThousand', 2022);
      expect(before).toMatchObject({ value: { printed: '2.585' }, numerator: { notUsed: [] } });
      const { value, numerator, denominator } = await ask('placesPerThousand', 2023);
      expect(value?.printed).toBe('2.540');
      expect(numerator).toMatchObject({
        low: '12700',
        source: { key: 'statistics', label: '已审核的统计数' },
        asOf: '2023-12-31',
        events: [statisticsEventId('990100', '2023', 1), statisticsEventId('990100', '2023', 2)],
        evidence: [
          {
            eventId: statisticsEventId('990100', '2023', 1),
            planId: null,
            locator: '2023年统计上报 示例州卫生健康委',
            printed: '托位 12700个',
          },
        ],
        notUsed: [{ eventId: planEventId(PLAN_ID, 1), why: '以2023年已审核的统计数为准' }],
      });
      expect(denominator).toMatchObject({ low: '5000000', source: { key: 'statistics' } });
      const later = await ask('places', 2024);
      expect(later.value?.printed).toBe('12900');
      expect(later.numerator.source.key).toBe('statisticsAndProjects');
      expect(later.numerator.events.at(-1)).toBe(eventId(1));
    });

    it('shows a report that is not checked, and does not count it', async () => {
      await database.apply([...recordedPlan(places), ...report('2023', CHECKED, 2)]);
      const { value, numerator, denominator } = await ask('placesPerThousand', 2023);
      expect(value?.printed).toBe('2.585');
      expect(numerator.source.key).toBe('baseline');
      expect(numerator.notUsed).toMatchObject([{ printed: '托位 12700个', why: '已报未审核，不计' }]);
      expect(denominator?.notUsed).toMatchObject([{ printed: '常住人口 5000000人' }]);
    });

    it('is as it was known before the check, and before the year was over', async () => {
      await database.apply([...recordedPlan(places), ...report('2023', CHECKED)]);
      const asked = async (more: Partial<IndicatorsQuery['params']>) =>
        (await ask('places', 2023, more)).value?.printed;
      expect(await asked({ asKnownAt: '2026-06-02T12:01:30Z' })).toBe('12559');
      expect(await asked({ asKnownAt: '2026-06-02T12:02:00Z' })).toBe('12700');
      expect(await asked({ asEffectiveOn: '2023-12-30' })).toBe('12559');
      expect(await asked({ asEffectiveOn: '2023-12-31' })).toBe('12700');
    });

    it('adds up what is reported by scope, and does without a year of which a part is unknown', async () => {
      const scopes = (institutionBeds: string, communityBeds: string | null, homeBeds: string) => ({
        institutionBeds,
        communityBeds,
        homeBeds,
      });
      await database.apply([
        ...recordedPlan([adopt()]),
        ...report('2023', scopes('100', '20', '3') as Record<string, string>),
        ...report('2024', scopes('110', null, '3') as Record<string, string>),
      ]);
      expect((await ask('beds', 2024)).value?.printed).toBe('123');
      expect((await ask('institutionBeds', 2024)).value?.printed).toBe('110');
    });

    it('prints money in 元, of the very year only', async () => {
      const money = { lotteryFund: '1000000', lotteryForElderlyCare: '560000' };
      await database.apply([...recordedPlan([adopt()]), ...report('2023', money)]);
      const { value, numerator } = await ask('lotteryShare', 2023);
      expect([numerator.low, value?.printed]).toEqual(['5600', '56.00']);
      expect((await ask('lotteryShare', 2024)).why).toContain('没有登记2024年');
    });

    it('of a report that was given back is what it was without', async () => {
      const steps = [...checkedReport('990100', '2023', CHECKED), givenBack('990100', '2023', 1)];
      await database.apply([...recordedPlan(places), ...recordedStatistics('990100', '2023', steps)]);
      expect(await ask('places', 2023)).toMatchObject({
        value: { printed: '12559' },
        numerator: { notUsed: [] },
      });
    });
  });

  it('that nobody defined is refused', async () => {
    await expect(ask('幸福指数', 2023)).rejects.toMatchObject({ code: 'indicators.unknown' });
  });
});
