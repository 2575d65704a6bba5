import { Refusal } from './refusal.js';
import { toHalfWidth } from './text.js';

/**
 * A date with the precision that was printed, in ISO 8601: `2023`, `2023-05` or `2023-05-17`.
 * 2023年 is a year; it is never stored as 2023-01-01.
 */
export type PartialDate = string;

export const PARTIAL_DATE_PATTERN = '^[12]\\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$';

const PARTIAL_DATE = new RegExp(PARTIAL_DATE_PATTERN, 'u');
const PRINTED = /^([12]\d{3})(?:[年\-./](?:(\d{1,2})(?:[月\-./](?:(\d{1,2})日?)?)?)?)?(?:底|末)?$/u;

export function isPartialDate(text: string): boolean {
  return PARTIAL_DATE.test(text) && (text.length < 10 || Number(text.slice(8)) <= daysInMonth(text));
}

/**
 * Reads 2023年, 2023年5月, 2023.5, 2023-05-17, 2023/5/17, full-width digits included.
 * @throws Refusal `date.unreadable`
 */
export function parsePartialDate(text: string): PartialDate {
  const match = PRINTED.exec(toHalfWidth(text).replace(/\s/gu, ''));
  const date = match
    ?.slice(1)
    .filter((part) => part !== undefined)
    .map((part) => part.padStart(2, '0'))
    .join('-');
  if (date === undefined || !isPartialDate(date)) {
    throw new Refusal('date.unreadable', `“${text}”不是可识别的日期（应为年、年月或年月日）`, { text });
  }
  return date;
}

export function yearOf(date: PartialDate): number {
  return Number(date.slice(0, 4));
}

/** The first day the date can mean, `YYYY-MM-DD`. */
export function earliestDay(date: PartialDate): string {
  return `${date}-01-01`.slice(0, 10);
}

/** The last day the date can mean, `YYYY-MM-DD`: a fact printed with a year is certain only from here on. */
export function latestDay(date: PartialDate): string {
  if (date.length === 10) return date;
  const month = date.length === 7 ? date : `${date}-12`;
  return `${month}-${String(daysInMonth(month)).padStart(2, '0')}`;
}

/** 2023年 / 2023年5月 / 2023年5月17日. */
export function printPartialDate(date: PartialDate): string {
  const [year, month, day] = date.split('-');
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
}

function daysInMonth(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}

/** The calendar day in China (UTC+8) at an instant: "today" for the rule against future facts. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
