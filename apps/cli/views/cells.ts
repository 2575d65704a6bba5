import { formatYuan, printWan, printYuan, type MoneyView } from '#libs/kernel/money.js';

/** What a table prints where nothing is known or nothing applies. */
export const NONE = '—';

/** The unit that amounts are printed in; it stands in the title or header, never in a cell. */
export type Unit = '万元' | '元';

/** For people with thousands separators; `plain` for programs without. */
export function amount(view: MoneyView | null, unit: Unit, plain = false): string {
  if (view === null) return plain ? '' : NONE;
  const fen = BigInt(view.fen);
  if (unit === '元') return plain ? formatYuan(fen) : printYuan(fen);
  const printed = printWan(fen);
  return plain ? printed.replaceAll(',', '') : printed;
}

/** 350–450, or one number where both ends are the same. */
export function range({ low, high }: { low: number; high: number }): string {
  return low === high ? String(low) : `${low}–${high}`;
}

export function yearCell(year: number | null, unknown: string): string {
  return year === null ? unknown : `${year}`;
}
