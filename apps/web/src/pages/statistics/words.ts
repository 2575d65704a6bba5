import { REPORT_STATUSES, type ReportStatus } from '#libs/statistics/domain/decider.js';
import type { Schema } from '../../api/paths.js';
import { printAmount, UNKNOWN, type Unit } from '../../parts/amount.js';

export type StatisticsReports = Schema<'StatisticsReports'>;
export type Report = StatisticsReports['items'][number];
export type Step = Schema<'StatisticsSteps'>['items'][number];
export type Comparison = Schema<'RecordedStatistics'>['comparisons'][number];

/** A reported value in its unit, money in that of the view; what was reported as unknown says so. */
export function valueText(value: string | null, unit: string, view: Unit): string {
  if (value === null) return '不详';
  return unit === '分' ? printAmount(value, view) : value.replaceAll(/\B(?=(\d{3})+$)/gu, ',');
}

/** The unit as people write it: amounts are in 分 in the API only. */
export const unitLabel = (unit: string, view: Unit): string => (unit === '分' ? view : unit);

/** +12, −3, 0; nothing where there is nothing to compare. */
export function differenceText(difference: string | null): string {
  if (difference === null) return UNKNOWN;
  return difference.startsWith('-') || difference === '0' ? difference : `+${difference}`;
}

/** What was last submitted of a report; undefined: nothing. */
export function submissionOf(
  { submissionId }: Pick<Report, 'submissionId'>,
  steps: readonly Step[],
): Step | undefined {
  return steps.find(({ eventId }) => eventId === submissionId);
}

/** What reports are counted by, in the order shown. */
export const COUNTED = [
  ...(Object.entries(REPORT_STATUSES) as [ReportStatus, string][]),
  ['late', '迟报'],
  ['missing', '未报'],
] as const;

export const SIGNS: Readonly<Record<string, string>> = {
  due: '○',
  submitted: '◐',
  returned: '↩',
  checked: '●',
};
