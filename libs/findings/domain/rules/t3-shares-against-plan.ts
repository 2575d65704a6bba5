import { CONTRADICTION_RULES } from '#libs/plans/domain/contradictions/contradiction.js';
import { sharesAgainstPlan } from '#libs/plans/domain/contradictions/t3-shares.js';
import { notApplicable } from '../outcome.js';
import { planOutcome, type PlanRule } from '../plan.js';

export const t3: PlanRule = {
  id: 'T3',
  version: 1,
  category: 'plan',
  subject: 'plan',
  severity: 'error',
  title: CONTRADICTION_RULES.T3,
  basis: '分解到各地的任务之和应等于方案的总目标',
  parameters: [],
  evaluate(plan) {
    if (plan.figures.shares.length === 0) return notApplicable('没有分县分解');
    return planOutcome(plan, sharesAgainstPlan(plan.figures));
  },
};
