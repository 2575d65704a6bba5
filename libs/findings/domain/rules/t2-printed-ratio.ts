import { CONTRADICTION_RULES } from '#libs/plans/domain/contradictions/contradiction.js';
import { checkedRatios } from '#libs/plans/domain/contradictions/t2-printed-ratio.js';
import { notApplicable } from '../outcome.js';
import { planOutcome, type PlanRule } from '../plan.js';

export const t2: PlanRule = {
  id: 'T2',
  version: 1,
  category: 'plan',
  subject: 'plan',
  severity: 'error',
  title: CONTRADICTION_RULES.T2,
  basis: '所印比例应等于所印分子与分母之比，只在最后舍入一次',
  parameters: [],
  evaluate(plan) {
    const checked = checkedRatios(plan.figures);
    if (checked.length === 0) return notApplicable('没有可由所印数字验算的比例');
    return planOutcome(plan, checked.flat());
  },
};
