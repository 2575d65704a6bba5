/** A cell of delimited text: text, which no spreadsheet may run, or a number as it is printed. */
export type CsvCell = string | { readonly number: string };

/** RFC 4180 with CRLF and a byte order mark, without which spreadsheets take Chinese for another encoding. */
export function csvText(lines: readonly (readonly CsvCell[])[]): string {
  return `${BYTE_ORDER_MARK}${lines.map(csvLine).join('')}`;
}

export const BYTE_ORDER_MARK = '\uFEFF';

/** One line of it, with its end. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** Marks text that a spreadsheet would run as a formula: an apostrophe in front, which `withoutMark` takes off again. */
const ARMED = /^'*[=+\-@\t\r]/u;

function written(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell.number;
  const text = ARMED.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a cell as it was before it was written: without the apostrophe that keeps it from being run. */
export function withoutMark(text: string): string {
  return /^'+[=+\-@\t\r]/u.test(text) ? text.slice(1) : text;
}
