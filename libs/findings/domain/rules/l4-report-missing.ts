import { printPartialDate } from '#libs/kernel/partial-date.js';
import { monthOf, nextMonth, type Day, type Month } from '../days.js';
import { factsOf, isWithdrawn, lastDay, latestOf, type Dossier } from '../dossier.js';
import { failsBy, notApplicable, type FindingItem } from '../outcome.js';
import type { Parameters } from '../parameters.js';
import type { Rule } from '../rule.js';

/** Months looked ahead: the next report is always missing until it comes, and the rule says from which day. */
const LONGEST_LIFE_MONTHS = 1200;

export const l4: Rule = {
  id: 'L4',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'error',
  title: '逾期未报送月度进展',
  basis: '重大项目按月调度的要求（国家重大建设项目库按月更新）',
  reads: [
    'ConstructionStarted',
    'ConstructionSuspended',
    'ConstructionResumed',
    'ProgressReported',
    'CompletionAccepted',
    'ProjectCommissioned',
    'ProjectWithdrawn',
  ],
  parameters: ['L4.deadlineDay', 'L4.errorAfterMonths'],
  evaluate(dossier, parameters) {
    const start = latestOf(dossier, 'ConstructionStarted');
    if (!start) return notApplicable('尚未开工');
    if (isWithdrawn(dossier)) return notApplicable('项目已终止（调出）');
    const first = monthOf(lastDay(start));
    const errorAfter = parameters.whole('L4.errorAfterMonths', lastDay(start));
    const missing = missingMonths(dossier, first, errorAfter);
    const [month] = missing;
    if (month === undefined) return failsBy([]);
    return failsBy([itemOf(month, missing[errorAfter - 1], start.id, parameters)]);
  },
};

/** The first `count` months that should have been reported and were not, those to come among them. */
function missingMonths(dossier: Dossier, first: Month, count: number): Month[] {
  const reported = new Set(factsOf(dossier, 'ProgressReported').map(({ data }) => data.month));
  const accepted = latestOf(dossier, 'CompletionAccepted') ?? latestOf(dossier, 'ProjectCommissioned');
  const end = accepted && monthOf(lastDay(accepted));
  const paused = pauses(dossier);
  const missing: Month[] = [];
  let month = first;
  for (let n = 0; n < LONGEST_LIFE_MONTHS && missing.length < count; n += 1, month = nextMonth(month)) {
    if (end !== undefined && month >= end) break;
    if (reported.has(month) || paused.some(({ from, to }) => month > from && month < to)) continue;
    missing.push(month);
  }
  return missing;
}

/** Whole months in which the work stood still; a pause that lasts has no end yet. */
function pauses(dossier: Dossier): { from: Month; to: Month }[] {
  const resumed = factsOf(dossier, 'ConstructionResumed');
  return factsOf(dossier, 'ConstructionSuspended').map((stop) => {
    const go = resumed.find(({ n }) => n > stop.n);
    return { from: monthOf(lastDay(stop)), to: go ? monthOf(lastDay(go)) : '9999-12' };
  });
}

function itemOf(month: Month, errorMonth: Month | undefined, startId: string, p: Parameters): FindingItem {
  return {
    steps: [
      { severity: 'warning', from: overdueFrom(month, p) },
      ...(errorMonth === undefined ? [] : [{ severity: 'error' as const, from: overdueFrom(errorMonth, p) }]),
    ],
    figures: { month, overdueFrom: overdueFrom(month, p) },
    events: [startId],
    sentence: `没有${printPartialDate(month)}的进度月报，${printPartialDate(overdueFrom(month, p))}起逾期`,
  };
}

function overdueFrom(month: Month, parameters: Parameters): Day {
  const deadline = parameters.whole('L4.deadlineDay', `${month}-01`);
  return `${nextMonth(month)}-${String(deadline + 1).padStart(2, '0')}`;
}
