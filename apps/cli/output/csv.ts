import type { Table } from './table.js';

/** RFC 4180 with CRLF and a byte order mark, without which spreadsheets take Chinese for another encoding. */
export function renderCsv(table: Table): string {
  const lines = [table.columns.map(({ header }) => header), ...table.rows];
  return `\uFEFF${lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`;
}

/** A cell that a spreadsheet would run as a formula is text to it once it starts with an apostrophe. */
function quoted(cell: string): string {
  const text = /^[=@+]|^-(?![\d.])/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
