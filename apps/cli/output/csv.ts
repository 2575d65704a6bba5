import { csvText, type CsvCell } from '#libs/exchange/table/write-csv.js';
import type { Table } from './table.js';

/** A table's header and rows as delimited text; a cell that is no number is text, and never run as a formula. */
export function renderCsv(table: Table): string {
  return csvText([table.columns.map(({ header }) => header), ...table.rows.map((row) => row.map(cellOf))]);
}

function cellOf(text: string): CsvCell {
  return /^-?\d+(?:\.\d+)?$/u.test(text) ? { number: text } : text;
}
