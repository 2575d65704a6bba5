import { printYuan } from '#libs/kernel/money.js';
import { printPartialDate } from '#libs/kernel/partial-date.js';
import { compareDecimals } from '#libs/projects/domain/decimal.js';
import { factsOf, firstDay } from '../dossier.js';
import { failsBy, notApplicable, PASS } from '../outcome.js';
import type { Rule } from '../rule.js';

export const l5: Rule = {
  id: 'L5',
  version: 1,
  category: 'delivery',
  subject: 'project',
  severity: 'warning',
  title: '连续数月进展数字完全相同',
  basis: '统计数据真实性要求（统计法）',
  reads: ['ProgressReported'],
  parameters: ['L5.reports'],
  evaluate(dossier, parameters) {
    const reports = factsOf(dossier, 'ProgressReported').toSorted((a, b) =>
      a.data.month < b.data.month ? -1 : 1,
    );
    const last = reports.at(-1);
    if (!last) return notApplicable('没有进度月报');
    const count = parameters.whole('L5.reports', firstDay(last));
    if (reports.length < count) return notApplicable(`进度月报不足 ${count} 期`);
    const run = reports.slice(-count);
    const { completedFen, physicalPercent } = last.data;
    const alike = run.every(
      ({ data }) => data.completedFen === completedFen && data.physicalPercent === physicalPercent,
    );
    // Work that is done stays done: until it is accepted, its reports are rightly the same.
    const done = physicalPercent !== undefined && compareDecimals(physicalPercent, '100') === 0;
    if (!alike || done) return PASS;
    const progress = physicalPercent === undefined ? '' : `、形象进度 ${physicalPercent}%`;
    return failsBy([
      {
        steps: [{ severity: 'warning', from: firstDay(last) }],
        figures: {
          completedFen,
          ...(physicalPercent !== undefined && { physicalPercent }),
          firstMonth: run[0]!.data.month,
          lastMonth: last.data.month,
        },
        events: run.map(({ id }) => id),
        sentence:
          `${printPartialDate(run[0]!.data.month)}至${printPartialDate(last.data.month)}连续 ${count} 期` +
          `均为当月完成投资 ${printYuan(BigInt(completedFen))} 元${progress}`,
      },
    ]);
  },
};
