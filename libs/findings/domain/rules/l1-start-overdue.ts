import { latestDay, printPartialDate } from '#libs/kernel/partial-date.js';
import { addDays, dayAfter } from '../days.js';
import { DETAILS, detailEvents, factsOf, isWithdrawn } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

export const l1: Rule = {
  id: 'L1',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'error',
  title: '已过计划开工时间仍未开工',
  basis: '年度重大项目清单载明的计划开工时间',
  reads: [...DETAILS, 'ProjectWithdrawn', 'ConstructionStarted'],
  parameters: ['L1.errorAfterDays'],
  evaluate(dossier, parameters) {
    const plannedStart = dossier.details?.plannedStart;
    if (plannedStart === undefined) return notApplicable('没有计划开工时间');
    if (isWithdrawn(dossier)) return notApplicable('项目已终止（调出）');
    if (factsOf(dossier, 'ConstructionStarted').length > 0) return PASS;
    const due = latestDay(plannedStart);
    return failsBy([
      {
        steps: [
          { severity: 'warning', from: dayAfter(due) },
          { severity: 'error', from: addDays(due, parameters.whole('L1.errorAfterDays', due) + 1) },
        ],
        figures: { plannedStart },
        events: detailEvents(dossier, 'plannedStart'),
        sentence: `计划${printPartialDate(plannedStart)}开工，没有开工记录`,
      },
    ]);
  },
};
