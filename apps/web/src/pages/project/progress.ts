import type { Schema } from '../../api/paths.js';

export type TimelineEvent = Schema<'TimelinePage'>['items'][number];

export interface Report {
  eventId: string;
  month: string;
  completedFen: string;
  /** Sum of this and all reports of earlier months. */
  cumulativeFen: string;
  /** Percent as reported; null where none was. */
  physicalPercent: string | null;
  problems: string | null;
}

/** Monthly reports that stand, oldest month first, with what was completed until then. */
export function reportsOf(events: readonly TimelineEvent[]): Report[] {
  let cumulative = 0n;
  return events
    .filter(({ type, reversedBy }) => type === 'ProgressReported' && reversedBy === null)
    .map(({ eventId, data }) => ({
      eventId,
      ...(data as { month: string; completed: { fen: string }; physicalPercent?: string; problems?: string }),
    }))
    .toSorted((a, b) => a.month.localeCompare(b.month))
    .map(({ eventId, month, completed, physicalPercent = null, problems = null }) => {
      cumulative += BigInt(completed.fen);
      return {
        eventId,
        month,
        completedFen: completed.fen,
        cumulativeFen: cumulative.toString(),
        physicalPercent,
        problems,
      };
    });
}

/** `2024-12` → `2025-01`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** Part of a whole in percent, rounded half up once, to one decimal; `—` where there is no whole. */
export function printPercent(partFen: string, wholeFen: string | null | undefined): string {
  if (wholeFen === null || wholeFen === undefined || BigInt(wholeFen) <= 0n) return '—';
  const whole = BigInt(wholeFen);
  const tenths = (BigInt(partFen) * 2000n + whole) / (whole * 2n);
  return `${tenths / 10n}.${tenths % 10n}%`;
}
