import fc from 'fast-check';
import { idFor } from '#libs/kernel/ids.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import type { StatisticsEvent } from '#libs/statistics/domain/events.js';
import { DEFAULT_PARAMETERS } from '../default-rule-set.js';
import { LotteryRecord, type LotteryFact } from '../lottery.js';
import { severityOn, type Outcome } from '../outcome.js';
import { m10 } from './m10-lottery-share-below-plan.js';

const REGION = '990101';
const UNIT = '示例1县民政局';
const statistics = (event: StatisticsEvent, year = 2025): LotteryFact => ({
  id: idFor(event.type, String(year)),
  region: REGION,
  year,
  event,
});
const opened = (year?: number) =>
  statistics(
    {
      type: 'ReportingOpened',
      data: {
        duties: [{ unit: UNIT, figures: ['lotteryFund', 'lotteryForElderlyCare'] }],
        deadline: '2026-03-01',
      },
    },
    year,
  );
const submitted = (fund: bigint | null, spent: bigint | null, year?: number) => {
  const figure = (key: 'lotteryFund' | 'lotteryForElderlyCare', fen: bigint | null) => ({
    figure: key,
    value: fen === null ? null : fen.toString(),
    source: '福彩公益金台账',
  });
  const figures = [figure('lotteryFund', fund), figure('lotteryForElderlyCare', spent)];
  return statistics({ type: 'StatisticsSubmitted', data: { unit: UNIT, figures } }, year);
};
const submission = idFor('StatisticsSubmitted', '2025');
const checked = statistics({ type: 'StatisticsChecked', data: { unit: UNIT, submission } });
const returned = statistics({ type: 'StatisticsReturned', data: { unit: UNIT, submission, reason: '漏列' } });
const reported = (fund: bigint | null, spent: bigint | null) => [opened(), submitted(fund, spent), checked];

const target = (
  least: string,
  more: Partial<PlanEventData<'TargetSet'>> = {},
  planId = '990100-2023-2025',
): LotteryFact => ({
  id: idFor('target', least, planId, JSON.stringify(more)),
  planId,
  event: {
    type: 'TargetSet',
    data: {
      region: '990100',
      indicator: '福利彩票公益金投入养老服务比例',
      printedName: '各级福利彩票公益金投入养老服务的比例',
      unit: '%',
      value: { kind: 'atLeast', value: least },
      source: { document: '示例州“一老一小”整体解决方案', locator: '表2 第9行' },
      ...more,
    },
  },
});
const reversalOf = ({ id, event }: LotteryFact): LotteryFact => ({
  id: idFor('reversal', id),
  planId: '990100-2023-2025',
  event: {
    type: 'EntryReversed',
    data: {
      reversed: { id, type: 'TargetSet', effectiveDate: '2023-12-11', data: event.data },
      reason: '录入有误',
    },
  },
});

function judged(...facts: LotteryFact[]): Outcome {
  const record = new LotteryRecord();
  for (const fact of facts) record.add(fact);
  return m10.evaluate(record.year(`${REGION}-2025`), DEFAULT_PARAMETERS);
}
const leastIn = (outcome: Outcome): string[] =>
  outcome.kind === 'fail' ? outcome.items.map(({ figures }) => figures['least']!) : [];

describe('M10', () => {
  it('fires where the checked share is below what is asked, with the arithmetic, from the last day of the year', () => {
    const outcome = judged(...reported(100_000_000n, 54_000_000n));
    if (outcome.kind !== 'fail') throw new Error(outcome.kind);
    const [item] = outcome.items;
    expect(item).toMatchObject({
      figures: {
        lotteryFundFen: '100000000',
        lotteryForElderlyCareFen: '54000000',
        percent: '54.00',
        least: '≥55%',
        shortFen: '1000000',
      },
      events: [submission, idFor('StatisticsChecked', '2025')],
      sentence: expect.stringContaining(
        '540,000.00 元 ÷ 总额 1,000,000.00 元 = 54.00%，低于规定的 ≥55%，少 10,000.00 元',
      ) as string,
    });
    expect([severityOn(item!, '2025-12-30'), severityOn(item!, '2025-12-31')]).toEqual([undefined, 'error']);
  });

  it('passes at the very share that is asked', () => {
    expect(judged(...reported(100_000_000n, 55_000_000n))).toEqual({ kind: 'pass' });
  });

  it.each<[string, LotteryFact[]]>([
    ['while nothing was submitted', [opened()]],
    ['while it was not checked', [opened(), submitted(100n, 1n)]],
    ['once it was given back', [...reported(100n, 1n), returned]],
    ['where the unit does not know', reported(100n, null)],
    ['where there was no fund', reported(0n, 0n)],
  ])('does not apply %s, and says why', (_, facts) => {
    const outcome = judged(...facts);
    expect(outcome.kind).toBe('notApplicable');
    expect((outcome as { why: string }).why).toMatch(/\p{Script=Han}/u);
  });

  it('asks what the plan asks, and names the target', () => {
    const plan = target('60');
    const outcome = judged(plan, ...reported(100_000_000n, 58_000_000n));
    expect(leastIn(outcome)).toEqual(['≥60%']);
    expect(JSON.stringify(outcome)).toContain(plan.id);
    expect(judged(plan, reversalOf(plan), ...reported(100_000_000n, 58_000_000n))).toEqual({ kind: 'pass' });
  });

  it('warns only, where the target is an anticipated one', () => {
    const outcome = judged(target('60', { attribute: 'Anticipated' }), ...reported(100n, 58n));
    expect(outcome).toMatchObject({ items: [{ steps: [{ severity: 'warning' }] }] });
  });

  it.each<[string, LotteryFact[], string[]]>([
    [
      'its own before that of the region around it',
      [target('70', { region: REGION }), target('60')],
      ['≥70%'],
    ],
    ['the latest year that has come', [target('60', { year: 2023 }), target('65', { year: 2024 })], ['≥65%']],
    ['both, where one document asks two things', [target('60'), target('65')], ['≥60%', '≥65%']],
    ['not one of another region', [target('60', { region: '990102' })], ['≥55%']],
    ['not one of a year to come', [target('60', { year: 2026 }, '990100-2023-2027')], ['≥55%']],
    ['not one of a plan that has ended', [target('60', {}, '990100-2020-2024')], ['≥55%']],
    ['not one of an area inside the division', [target('60', {}, '990100-xinqu-2023-2025')], ['≥55%']],
    ['not another indicator', [target('60', { indicator: '普惠托位占比' })], ['≥55%']],
    ['not an unknown one', [target('60', { value: { kind: 'unknown' } })], ['≥55%']],
  ])('holds the share against %s', (_, plans, expected) => {
    expect(leastIn(judged(...plans, ...reported(100n, 1n)))).toEqual(expected);
  });

  it('compares unrounded, and what it says is short would be enough and no more', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), fc.integer({ min: 0, max: 100 }), (fund, share) => {
        const spent = (fund * BigInt(share)) / 100n;
        const outcome = judged(...reported(fund, spent));
        expect(outcome.kind).toBe(spent * 100n < fund * 55n ? 'fail' : 'pass');
        if (outcome.kind !== 'fail') return;
        const enough = spent + BigInt(outcome.items[0]!.figures['shortFen']!);
        expect(judged(...reported(fund, enough)).kind).toBe('pass');
        expect(judged(...reported(fund, enough - 1n)).kind).toBe('fail');
      }),
    );
  });
});
