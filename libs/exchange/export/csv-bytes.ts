import { csvText } from '../table/write-csv.js';
import { plainValue } from './plain-value.js';
import {
  isPrintedNumber,
  placedHeader,
  unitLineOf,
  type ExportSheet,
  type ExportValue,
} from './sheet-model.js';

/** The sheet as delimited text: title, unit, one header line, rows, 合计, as the published lists are laid out. */
export function csvBytes(sheet: ExportSheet): Buffer {
  const { title, scope, unit, about = [], columns, rows, total, notes } = sheet;
  const printed = (row: readonly ExportValue[]) =>
    row.map((value, n) => {
      const { kind } = columns[n]!;
      const text = plainValue(value, kind, unit);
      const isNumber = kind === 'amount' || kind === 'count' || isPrintedNumber(value);
      return isNumber ? { number: text } : text;
    });
  const empty = columns.map(() => '');
  const line = (first: string) => [first, ...empty.slice(1)];
  const lines = [
    line(title),
    line([scope, unitLineOf(sheet)].filter((part) => part !== '').join(' ')),
    ...about.map(([label, value]) => [label, value, ...empty.slice(2)]),
    flatHeader(sheet),
    ...rows.map(printed),
    ...(total ? [printed(total)] : []),
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
