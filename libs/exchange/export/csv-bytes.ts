import { csvText } from '../table/write-csv.js';
import { plainValue } from './plain-value.js';
import { placedHeader, type ExportSheet } from './sheet-model.js';

/** The sheet as delimited text: title, unit, one header line, rows, 合计, as the published lists are laid out. */
export function csvBytes(sheet: ExportSheet): Buffer {
  const { title, scope, unit, columns, rows, total, notes } = sheet;
  const printed = (row: ExportSheet['total']) =>
    row.map((value, n) => {
      const { kind } = columns[n]!;
      const text = plainValue(value, kind, unit);
      return kind === 'amount' || kind === 'count' ? { number: text } : text;
    });
  const empty = columns.map(() => '');
  const line = (first: string) => [first, ...empty.slice(1)];
  const lines = [
    line(title),
    line([scope, `单位:${unit}`].filter((part) => part !== '').join(' ')),
    flatHeader(sheet),
    ...rows.map(printed),
    printed(total),
    ...notes.map(line),
  ];
  return Buffer.from(csvText(lines));
}

/** The lowest header cell of each column. */
function flatHeader(sheet: ExportSheet): string[] {
  const texts = sheet.columns.map(() => '');
  for (const { text, column, columns, row, rows } of placedHeader(sheet)) {
    // A group stands over several columns, which have names of their own below it.
    if (columns === 1 && row + rows === sheet.header.length) texts[column] = text;
  }
  return texts;
}
