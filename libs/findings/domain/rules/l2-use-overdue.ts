import { latestDay, printPartialDate } from '#libs/kernel/partial-date.js';
import { addDays, dayAfter } from '../days.js';
import { DETAILS, detailEvents, factsOf, isWithdrawn } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

export const l2: Rule = {
  id: 'L2',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'error',
  title: '已过计划投入使用时间仍未投入使用',
  basis: '年度重大项目清单载明的投入使用时间',
  reads: [...DETAILS, 'ProjectWithdrawn', 'ProjectCommissioned'],
  parameters: ['L2.errorAfterDays'],
  evaluate(dossier, parameters) {
    const plannedUse = dossier.details?.plannedUse;
    if (plannedUse === undefined) return notApplicable('没有计划投入使用时间');
    if (isWithdrawn(dossier)) return notApplicable('项目已终止（调出）');
    if (factsOf(dossier, 'ProjectCommissioned').length > 0) return PASS;
    const due = latestDay(plannedUse);
    return failsBy([
      {
        steps: [
          { severity: 'warning', from: dayAfter(due) },
          { severity: 'error', from: addDays(due, parameters.whole('L2.errorAfterDays', due) + 1) },
        ],
        figures: { plannedUse },
        events: detailEvents(dossier, 'plannedUse'),
        sentence: `计划${printPartialDate(plannedUse)}投入使用，没有投入使用记录`,
      },
    ]);
  },
};
