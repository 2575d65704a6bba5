import { printAmount, type Unit } from '../../parts/amount.js';
import type { PivotTable } from './pivot.js';

/** The table as it is seen, for a spreadsheet: amounts without separators, text that no spreadsheet takes for a formula. */
export function csvOf(
  { columns, lines, total }: PivotTable,
  corner: string,
  title: string,
  unit: Unit,
): string {
  const rows = [
    [title, `单位：${unit}`],
    [corner, ...columns.map(({ label }) => label)],
    ...[...lines, total].map(({ label, depth, cells }) => [
      `${'  '.repeat(depth)}${label}`,
      ...cells.map(({ count, fen }) =>
        count !== undefined ? String(count) : fen ? printAmount(fen, unit).replaceAll(',', '') : '',
      ),
    ]),
  ];
  return `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

function field(text: string): string {
  const harmless = /^\s*[=+@-]/u.test(text) && !/^-?\d+(\.\d+)?$/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
