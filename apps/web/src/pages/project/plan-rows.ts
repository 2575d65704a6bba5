import { printAmount, type Unit } from '../../parts/amount.js';
import { blankPlanRow, type PlanRow } from './fact-body.js';
import type { TimelineEvent } from './progress.js';

interface Line {
  source: string;
  level?: string;
  budgetYear?: number;
  lotteryPurpose?: string;
  repaymentPlan?: { documentNumber: string; maturity: string; bondName?: string };
  amount: { fen: string };
}

/** The funding plan that stands, as rows to change; none where there is no plan. */
export function planRowsOf(events: readonly TimelineEvent[], unit: Unit): PlanRow[] {
  const last = events.findLast(
    ({ type, reversedBy }) =>
      (type === 'FundingPlanned' || type === 'FundingPlanRevised') && reversedBy === null,
  );
  const lines = (last?.data['lines'] ?? []) as Line[];
  return lines.map(({ source, level = '', budgetYear, amount, lotteryPurpose = '', repaymentPlan }) => ({
    ...blankPlanRow(),
    source,
    level,
    budgetYear: budgetYear === undefined ? '' : String(budgetYear),
    amount: printAmount(amount, unit).replaceAll(',', ''),
    lotteryPurpose,
    ...(repaymentPlan && {
      repaymentDocument: repaymentPlan.documentNumber,
      repaymentMaturity: repaymentPlan.maturity,
      repaymentBond: repaymentPlan.bondName ?? '',
    }),
  }));
}
