import { Refusal } from '#libs/kernel/refusal.js';
import type { AgeClass } from './queries.js';

/** Most upper ends that an ageing takes. */
const MAX_BOUNDARIES = 12;

/**
 * Upper ends of the age classes in days, by the day from which they are used. The classes are those of the audit
 * programme; a later decision is added as a row and leaves older reports as they were.
 */
const BOUNDARIES: readonly { since: string; days: readonly number[] }[] = [
  { since: '0001-01-01', days: [90, 180, 365, 730] },
];

/** The upper ends in force on a day. */
export function boundariesOn(day: string): readonly number[] {
  return BOUNDARIES.findLast(({ since }) => since <= day)!.days;
}

/** @throws Refusal `ageing.badBoundaries` unless they are whole days and rise */
export function checkedBoundaries(days: readonly number[]): readonly number[] {
  const rise = days.every((day, n) => Number.isSafeInteger(day) && day > (n === 0 ? 0 : days[n - 1]!));
  if (rise && days.length > 0 && days.length <= MAX_BOUNDARIES && days.at(-1)! <= 36_500) return days;
  throw new Refusal('ageing.badBoundaries', `账龄界限应为 1 至 ${MAX_BOUNDARIES} 个由小到大的天数`, {
    boundaries: days,
  });
}

/** 0—90天, 90—180天, …, 2年以上: each class takes its upper end in, and not its lower. */
export function ageClasses(days: readonly number[]): AgeClass[] {
  const closed = days.map((upTo, n) => {
    const over = n === 0 ? null : days[n - 1]!;
    return { over, upTo, label: `${words(over ?? 0, upTo)}—${words(upTo)}` };
  });
  const last = days.at(-1)!;
  return [...closed, { over: last, upTo: null, label: `${words(last)}以上` }];
}

/** Whole years are called so; the lower end is, only where the upper end is too. */
function words(day: number, upTo = day): string {
  const years = (each: number) => each % 365 === 0 && each > 0;
  if (upTo !== day && years(upTo) && years(day)) return String(day / 365);
  if (upTo !== day) return String(day);
  return years(day) && day > 365 ? `${day / 365}年` : `${day}天`;
}
