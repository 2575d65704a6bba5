import type { Fen } from '#libs/kernel/money.js';

/** Unit that all amounts of a sheet are printed in. */
export type AmountUnit = '万元' | '元';

/** `text` is read from the left, `word` stands in the middle; `amount` cells are fen, `count` cells whole numbers. */
export type ColumnKind = 'text' | 'word' | 'count' | 'amount';

export interface ExportColumn {
  kind: ColumnKind;
  /** In characters of the workbook's font; Chinese takes two. */
  width: number;
}

/** A header cell over so many columns and rows (default 1). */
export interface HeaderCell {
  text: string;
  columns?: number;
  rows?: number;
}

/** A number as it is printed, in whatever column: plain decimal text. */
export interface PrintedNumber {
  value: string;
  /**
   * What computes it from other cells of the workbook: `{row}` is its own row, `{first}` and `{last}` are those of the
   * rows above 合计. `value` is cached with it.
   */
  formula?: string;
}

/** Fen in an `amount` column, a whole number in a `count` column, else text. null: nothing known, an empty cell. */
export type ExportValue = string | number | Fen | PrintedNumber | null;

export const isPrintedNumber = (value: ExportValue): value is PrintedNumber =>
  typeof value === 'object' && value !== null;

/** A table as a bureau files it, before it is a workbook or delimited text. */
export interface ExportSheet {
  /** Name of the sheet. */
  name: string;
  title: string;
  /** Beside the unit line: what the table covers and as of when. */
  scope: string;
  unit: AmountUnit;
  /** What the unit line says where it is not the unit of amounts. */
  unitLine?: string;
  /** Lines of label and value between the unit and the header, as an import reads them. */
  about?: readonly (readonly [label: string, value: string])[];
  columns: readonly ExportColumn[];
  /** One to three rows; spans leave out what they cover, as in HTML. */
  header: readonly (readonly HeaderCell[])[];
  rows: readonly (readonly ExportValue[])[];
  /**
   * 合计, one value a column. Where a column's rows add up to its value, the workbook has a formula there, and this value
   * cached with it; where they do not (a project in two rows counts once), it has the value alone. null: no such row.
   */
  total: readonly ExportValue[] | null;
  notes: readonly string[];
}

/** Header cells with their places, from 0. @throws Error where the header does not fill its rows: a fault of ours */
export function placedHeader({
  header,
  columns,
}: Pick<ExportSheet, 'header' | 'columns'>): (Required<HeaderCell> & { row: number; column: number })[] {
  const taken = header.map(() => new Array<boolean>(columns.length).fill(false));
  const placed = header.flatMap((cells, row) =>
    cells.map(({ text, columns: wide = 1, rows: high = 1 }) => {
      const column = taken[row]!.indexOf(false);
      for (let r = row; r < row + high; r += 1) taken[r]?.fill(true, column, column + wide);
      return { text, columns: wide, rows: high, row, column };
    }),
  );
  if (taken.some((row) => row.length !== columns.length || row.includes(false))) {
    throw new Error('the header does not cover the columns');
  }
  return placed;
}

export const unitLineOf = ({ unit, unitLine = `单位：${unit}` }: ExportSheet): string => unitLine;

const wholeOf = (value: Exclude<ExportValue, null>): bigint => (isPrintedNumber(value) ? 0n : BigInt(value));

/** Whether the rows of a column of numbers add up to its total. */
export function isSum({ rows, total, columns }: ExportSheet, column: number): boolean {
  const kind = columns[column]!.kind;
  const value = total?.[column] ?? null;
  if (
    value === null ||
    isPrintedNumber(value) ||
    rows.length === 0 ||
    (kind !== 'amount' && kind !== 'count')
  )
    return false;
  const sum = rows.reduce((so, row) => so + wholeOf(row[column] ?? 0), 0n);
  return sum === BigInt(value);
}
