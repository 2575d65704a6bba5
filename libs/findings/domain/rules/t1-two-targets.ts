import { CONTRADICTION_RULES } from '#libs/plans/domain/contradictions/contradiction.js';
import { isComparable, twoTargets } from '#libs/plans/domain/contradictions/t1-two-targets.js';
import { notApplicable } from '../outcome.js';
import { planOutcome, type PlanRule } from '../plan.js';

export const t1: PlanRule = {
  id: 'T1',
  version: 1,
  category: 'plan',
  subject: 'plan',
  severity: 'error',
  title: CONTRADICTION_RULES.T1,
  basis: '同一指标在同一口径、同一年份只能有一个目标，否则无从考核',
  parameters: [],
  evaluate(plan) {
    if (!plan.figures.targets.some(isComparable)) return notApplicable('没有写明年份和数值的目标');
    return planOutcome(plan, twoTargets(plan.figures));
  },
};
