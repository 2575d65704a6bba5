import { yearOf, type PartialDate } from '#libs/kernel/partial-date.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import type { Handlers } from './guards.js';

/**
 * A closed year takes only corrections marked 以前年度, and the mark is refused where there is nothing closed to
 * correct: it would hide an ordinary entry among the corrections.
 */
export function assertYears(
  { closedYears }: ProjectState,
  years: readonly number[],
  priorYear: true | undefined,
): void {
  const closed = [...new Set(years)].filter((year) => closedYears.has(year));
  if (closed.length > 0 && !priorYear) {
    refuse('year.closed', `${closed.join('、')} 年度已关账，只接受注明“以前年度”的更正`, { closed });
  }
  if (closed.length === 0 && priorYear) {
    refuse('year.notClosed', `${years.join('、')} 年度未关账，不得注明“以前年度”`, { years });
  }
}

/** The years that a money entry writes in: its budget year, the year it is carried to, the year it takes effect in. */
export function yearsOf(
  data: { budgetYear: number; toYear?: number },
  effectiveDate: PartialDate,
): readonly number[] {
  const carried = data.toYear === undefined ? [] : [data.toYear];
  return [...new Set([data.budgetYear, ...carried, yearOf(effectiveDate)])];
}

export const yearHandlers: Handlers<'CloseBudgetYear'> = {
  CloseBudgetYear: ({ year }, { closedYears }, { today }) => {
    if (closedYears.has(year)) refuse('year.alreadyClosed', `${year} 年度已关账`, { year });
    if (year > yearOf(today)) refuse('year.notBegun', `${year} 年度尚未开始，不能关账`, { year, today });
    return [{ type: 'BudgetYearClosed', data: { year } }];
  },
};
