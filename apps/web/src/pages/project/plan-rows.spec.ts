import { blankPlanRow, checkForm } from './fact-body.js';
import { FACT_FORMS } from './fact-forms.js';
import { planRowsOf } from './plan-rows.js';
import type { TimelineEvent } from './progress.js';

const plan = (type: string, fen: string, reversedBy: object | null = null): TimelineEvent =>
  ({
    type,
    reversedBy,
    data: { lines: [{ source: 'SelfRaised', budgetYear: 2025, amount: { fen } }] },
  }) as unknown as TimelineEvent;

it('begins with the plan that stands, not with one taken back', () => {
  const events = [
    plan('FundingPlanned', '1000000'),
    plan('FundingPlanRevised', '12345678900'),
    plan('FundingPlanRevised', '3', {}),
  ];
  expect(planRowsOf(events, '万元')).toEqual([
    { ...blankPlanRow(), source: 'SelfRaised', budgetYear: '2025', amount: '12345.6789' },
  ]);
  expect(planRowsOf(events, '元')[0]!.amount).toBe('123456789.00');
  expect(planRowsOf([], '万元')).toEqual([]);
});

it('keeps what lines are tied to, so that changing an amount takes nothing else away', () => {
  const lines = [
    {
      source: 'WelfareLotteryFund',
      level: 'central',
      lotteryPurpose: 'ElderlyWelfare',
      amount: { fen: '100' },
    },
    {
      source: 'LocalSpecialBond',
      amount: { fen: '200' },
      repaymentPlan: { documentNumber: '示例财债〔2025〕3号', maturity: '2040-06', bondName: '示例债' },
    },
  ];
  const event = { ...plan('FundingPlanned', '1'), data: { lines } } as unknown as TimelineEvent;
  const rows = planRowsOf([event], '元');
  const { body } = checkForm(FACT_FORMS.plan, { values: { effectiveDate: '2025' }, plan: rows }, '元');
  expect(body!['lines']).toEqual(lines);
});
