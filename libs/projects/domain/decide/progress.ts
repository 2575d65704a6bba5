import { yearOf } from '#libs/kernel/partial-date.js';
import { compareDecimals } from '../decimal.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { fenFromZero, type Handlers } from './guards.js';
import { assertYears } from './years.js';

export const progressHandlers: Handlers<'ReportProgress'> = {
  ReportProgress: (data, state, { today, effectiveDate }) => {
    const { month, physicalPercent } = data;
    fenFromZero(data.completedFen, '当月完成投资');
    if (month > today.slice(0, 7)) {
      refuse('progress.futureMonth', `${month} 尚未到来，不能上报进度`, { month, today });
    }
    assertYears(state, [...new Set([yearOf(month), yearOf(effectiveDate)])], data.priorYear);
    if (state.progress.has(month)) {
      refuse('progress.duplicateMonth', `${month} 的进度已上报，更正请先冲销`, { month });
    }
    if (physicalPercent !== undefined) assertRising(month, physicalPercent, state);
    return [{ type: 'ProgressReported', data }];
  },
};

/** Late months may come in behind others, so the percentage must fit between its neighbours. */
function assertRising(month: string, percent: string, { progress }: ProjectState): void {
  if (!/^\d{1,3}(\.\d+)?$/u.test(percent) || compareDecimals(percent, '100') > 0) {
    refuse('progress.percentOutOfRange', `形象进度 ${percent} 应在 0 至 100 之间`, { percent });
  }
  for (const [other, { physicalPercent }] of progress) {
    if (physicalPercent === undefined) continue;
    const order = compareDecimals(percent, physicalPercent);
    if (other < month && order < 0) {
      refuse('progress.percentFell', `形象进度 ${percent}% 低于 ${other} 的 ${physicalPercent}%`, {
        ...{ month, percent, other, otherPercent: physicalPercent },
      });
    }
    if (other > month && order > 0) {
      refuse('progress.percentOverLater', `形象进度 ${percent}% 高于 ${other} 的 ${physicalPercent}%`, {
        ...{ month, percent, other, otherPercent: physicalPercent },
      });
    }
  }
}
