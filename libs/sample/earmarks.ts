import type { FundingPlanLine } from '#libs/projects/domain/events.js';
import type { LotteryPurpose } from '#libs/projects/domain/vocabulary.js';
import type { MoneyLine } from './funding-mix.js';
import type { Profile } from './profile.js';

type Line = Omit<MoneyLine, 'amountFen'>;

/** What lottery money of a made-up project is for; nothing for other sources. */
export function purposeOf({ details }: Profile, { source }: Line): { lotteryPurpose?: LotteryPurpose } {
  if (source !== 'WelfareLotteryFund') return {};
  return { lotteryPurpose: details.category === 'Childcare' ? 'ChildWelfare' : 'ElderlyWelfare' };
}

/** What a special bond of a made-up project is repaid by; nothing for other sources. */
export function repaidBy({ source, budgetYear }: Line): Pick<FundingPlanLine, 'repaymentPlan'> {
  if (source !== 'LocalSpecialBond') return {};
  return {
    repaymentPlan: {
      documentNumber: `示例债〔${budgetYear}〕还本1号`,
      maturity: `${budgetYear + 15}-06`,
      bondName: `示例州${budgetYear}年专项债券(示例)`,
    },
  };
}
