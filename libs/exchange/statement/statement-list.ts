import type { MoneyUnit } from '#libs/kernel/money.js';
import type { StatementLine } from '#libs/reconciliation/domain/match.js';
import { squeeze } from '#libs/kernel/text.js';
import { sumFen } from '#libs/reconciliation/domain/outcome.js';
import type { Grid } from '../layout/grid.js';
import { columnLetter } from '../table/sheet.js';
import {
  STATEMENT_NAMES,
  STATEMENT_WORDS,
  type StatementField,
  type StatementHeader,
} from './statement-words.js';

/** How one sheet of a statement was understood, for whoever compares it with the paper. */
export interface StatementList {
  sheet: string;
  /** The last row of the header. */
  headerRow: number;
  /** Unit of amounts that name none themselves; absent where nothing names one. */
  unit?: MoneyUnit;
  /** In the order of the file; `meaning` is absent where a column was not read. */
  columns: { column: string; header: string; meaning?: { key: StatementField; label: string } }[];
  /** The lines read, and their sum. */
  lines: number;
  totalFen: string;
}

const LONGEST_HEADER = 60;

export function statementList(
  grid: Grid,
  header: StatementHeader,
  unit: MoneyUnit | undefined,
  lines: readonly StatementLine[],
): StatementList {
  const { bottom, columns, unknown } = header;
  const unitOfAmounts = columns.find(({ field }) => field === 'amount')?.unit ?? unit;
  const printed = [
    ...columns.map(({ index, field }) => ({ index, header: understoodAs(grid, header, index), field })),
    ...unknown.map(({ index, header }) => ({ index, header, field: undefined })),
  ].sort((a, b) => a.index - b.index);
  return {
    sheet: grid.sheet.name,
    headerRow: bottom,
    ...(unitOfAmounts && { unit: unitOfAmounts }),
    columns: printed.map(({ index, header, field }) => ({
      column: columnLetter(index),
      header: header.slice(0, LONGEST_HEADER),
      ...(field && { meaning: { key: field, label: STATEMENT_NAMES[field][0]! } }),
    })),
    lines: lines.length,
    totalFen: sumFen(lines),
  };
}

/** What is printed over a column, without a title that stands above it: that names a unit and joined the header. */
function understoodAs(grid: Grid, { top, bottom, columns }: StatementHeader, index: number): string {
  const joined = columns.find((column) => column.index === index)!.header;
  if (STATEMENT_WORDS.meaningOf(joined)) return joined;
  for (let row = bottom; row >= top; row -= 1) {
    const text = squeeze(grid.shown(row, index)?.text ?? '');
    if (STATEMENT_WORDS.meaningOf(text)) return text;
  }
  return joined;
}
