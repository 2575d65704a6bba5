import CliTable from 'cli-table3';
import { displayWidth } from '#libs/kernel/text.js';
import { wrapToWidth } from './width.js';

/** A table as people and spreadsheets read it: all cells are printed text. */
export interface Table {
  /** `投资台账(单位:万元)` */
  title: string;
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
  /** Rows under the line: 合计. Not part of the data that programs read. */
  totals?: readonly (readonly string[])[];
  /** Sentences below the table. */
  notes?: readonly string[];
}

export interface Column {
  header: string;
  align?: 'left' | 'right';
  /** Text wider than this many terminal columns is broken over lines. */
  maxWidth?: number;
}

const LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** The table for a terminal: columns line up, Chinese counted as two columns a character. */
export function renderTable(table: Table, colours: boolean): string {
  const bold = (text: string) => (colours ? `\u001B[1m${text}\u001B[22m` : text);
  const totals = table.totals ?? [];
  const rule = table.columns.map((_, n) => '─'.repeat(columnWidth(table, n)));
  const printed = new CliTable({
    chars: LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: table.columns.map((column) => column.align ?? 'left'),
  });
  printed.push(table.columns.map((column) => bold(column.header)));
  printed.push(rule);
  for (const row of table.rows) printed.push(wrapped(table, row));
  if (totals.length > 0) printed.push(rule);
  for (const row of totals) printed.push(wrapped(table, row).map(bold));
  const lines = printed
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [bold(table.title), ...lines, ...(table.notes ?? []).map((note) => `  ${note}`), ''].join('\n');
}

function wrapped(table: Table, row: readonly string[]): string[] {
  return row.map((cell, n) => wrapToWidth(cell, table.columns[n]?.maxWidth));
}

function columnWidth(table: Table, n: number): number {
  const header = table.columns[n]?.header ?? '';
  const cells = [...table.rows, ...(table.totals ?? [])].flatMap((row) => wrapped(table, row)[n] ?? '');
  return Math.max(...[header, ...cells.flatMap((cell) => cell.split('\n'))].map(displayWidth));
}
