import { addDays, addMonths, type Day } from '#libs/findings/domain/days.js';
import { Parameters } from '#libs/findings/domain/parameters.js';

export const PERIOD_KINDS = { year: '年报', halfYear: '半年报', quarter: '季报', month: '月报' } as const;
export type PeriodKind = keyof typeof PERIOD_KINDS;

/** `2025`, `2025-H1`, `2025-Q3`, `2025-06`. */
export const PERIOD_PATTERN = '^[12]\\d{3}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$';
const SHAPE = new RegExp(PERIOD_PATTERN, 'u');

export interface Period {
  kind: PeriodKind;
  year: number;
  lastDay: Day;
}

/** undefined for any other text. */
export function readPeriod(text: string): Period | undefined {
  if (!SHAPE.test(text)) return undefined;
  const [year, part] = [text.slice(0, 4), text.slice(5)];
  const ending = (kind: PeriodKind, month: number): Period => ({
    kind,
    year: Number(year),
    lastDay: addDays(addMonths(`${year}-01-01`, month), -1),
  });
  if (part === '') return ending('year', 12);
  if (part.startsWith('H')) return ending('halfYear', 6 * Number(part.slice(1)));
  if (part.startsWith('Q')) return ending('quarter', 3 * Number(part.slice(1)));
  return ending('month', Number(part));
}

/** Days after a period's end by which its report is due; the value in force on its last day counts. */
const DEADLINES = new Parameters(
  (
    [
      ['year', '60'],
      ['halfYear', '30'],
      ['quarter', '20'],
      ['month', '10'],
    ] as const
  ).map(([kind, value]) => ({
    name: `deadlineDays.${kind}`,
    from: '1949-10-01',
    value,
    source: '本系统的默认值，待主管单位确认',
  })),
);

export function deadlineOf({ kind, lastDay }: Period): Day {
  return addDays(lastDay, DEADLINES.whole(`deadlineDays.${kind}`, lastDay));
}
