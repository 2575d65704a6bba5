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
    { source: 'SelfRaised', level: '', budgetYear: '2025', amount: '12345.6789' },
  ]);
  expect(planRowsOf(events, '元')[0]!.amount).toBe('123456789.00');
  expect(planRowsOf([], '万元')).toEqual([]);
});
