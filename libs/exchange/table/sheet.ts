/** `formula`: the cell is computed; `text` is the value that was cached in the file. `error`: #REF! and the like. */
export type CellKind = 'text' | 'number' | 'formula' | 'error';

/** One cell that is not empty. Rows and columns count from 1, as people see them. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  /** Numbers as plain decimals (`1750`, `0.5`), dates in ISO 8601 with the precision the cell shows. */
  readonly text: string;
  readonly kind: CellKind;
  /** The number format shows another magnitude than is stored (`0!.0,"万"`): the figure cannot be trusted. */
  readonly scaled?: true;
}

/** Inclusive, counted from 1. The text of a merged range stands in its top left cell. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The cells of one row that are not empty, by column. */
export type Row = ReadonlyMap<number, Cell>;

export interface Sheet {
  readonly name: string;
  /** Hidden by the author: not what was published. */
  readonly hidden: boolean;
  /** Rows that are not empty, by row number, in ascending order. */
  readonly rows: ReadonlyMap<number, Row>;
  readonly merged: readonly MergedRange[];
}

/** 1 → A, 27 → AA. */
export function columnLetter(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** `B7` → row 7, column 2; undefined for anything else. */
export function parseAddress(address: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/u.exec(address);
  if (!match) return undefined;
  const column = [...match[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(match[2]), column };
}

/** `A1:I1` → its corners; a single address is a range of one cell. */
export function parseRange(text: string): MergedRange | undefined {
  const [from = '', to = from] = text.split(':');
  const start = parseAddress(from);
  const end = parseAddress(to);
  return start && end && { top: start.row, left: start.column, bottom: end.row, right: end.column };
}
