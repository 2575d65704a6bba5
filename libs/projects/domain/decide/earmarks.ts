import { earliestDay, latestDay, printPartialDate, type PartialDate } from '#libs/kernel/partial-date.js';
import type { RepaymentPlan } from '../events.js';
import { refuse } from '../refusal-codes.js';
import {
  LOTTERY_PURPOSES,
  type FundingLevel,
  type FundingSource,
  type LotteryPurpose,
} from '../vocabulary.js';
import { assertText } from './guards.js';

interface Earmarked {
  source: FundingSource;
  level?: FundingLevel | undefined;
  lotteryPurpose?: LotteryPurpose;
  repaymentPlan?: RepaymentPlan;
}

/**
 * What some money is tied to: welfare-lottery money to the level it comes from and to one of its purposes, a special
 * bond to the plan it is repaid by. Other money says neither.
 */
export function assertEarmarks(
  { source, level, lotteryPurpose, repaymentPlan }: Earmarked,
  required: { level?: true; purpose?: true; repayment?: true },
  effectiveDate: PartialDate,
): void {
  if (source === 'WelfareLotteryFund') {
    if (required.level && !level) refuse('funds.levelMissing', '福彩公益金须注明级次（中央、省、市州、县）');
    if (required.purpose && !lotteryPurpose) {
      const words = Object.values(LOTTERY_PURPOSES).join('、');
      refuse('funds.purposeMissing', `福彩公益金须注明用途（${words}）`, {
        expected: Object.keys(LOTTERY_PURPOSES),
      });
    }
  } else if (lotteryPurpose) {
    refuse('funds.purposeNotForSource', '只有福彩公益金注明公益金用途', { source, lotteryPurpose });
  }
  if (source === 'LocalSpecialBond') assertRepaid(repaymentPlan, required.repayment, effectiveDate);
  else if (repaymentPlan) {
    refuse('funds.repaymentPlanNotForSource', '只有专项债券注明还本付息计划', { source });
  }
}

function assertRepaid(
  repaymentPlan: RepaymentPlan | undefined,
  required: true | undefined,
  effectiveDate: PartialDate,
): void {
  if (!repaymentPlan) {
    if (required) refuse('funds.repaymentPlanMissing', '专项债券须注明还本付息计划的文号和到期日');
    return;
  }
  const { documentNumber, maturity } = repaymentPlan;
  assertText(documentNumber, 'repaymentPlan.documentNumber', '还本付息计划文号');
  if (latestDay(maturity) >= earliestDay(effectiveDate)) return;
  refuse(
    'funds.repaidBeforeIssue',
    `专项债券到期日 ${printPartialDate(maturity)} 早于业务日期 ${printPartialDate(effectiveDate)}`,
    { maturity, effectiveDate },
  );
}
