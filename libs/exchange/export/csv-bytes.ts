import { inTurns } from '#libs/kernel/turns.js';
import { BYTE_ORDER_MARK, csvLine, type CsvCell } from '../table/write-csv.js';
import { plainValue } from './plain-value.js';
import {
  isPrintedNumber,
  placedHeader,
  unitLineOf,
  type ExportSheet,
  type ExportValue,
} from './sheet-model.js';

/**
 * The sheet as delimited text: title, unit, one header line, rows, 合计, as the published lists are laid out. A large one
 * leaves the others of this process their turns.
 */
export async function csvBytes(sheet: ExportSheet): Promise<Buffer> {
  return Buffer.from(await inTurns(written(sheet)));
}

/** Yields after each line: there may be tens of thousands. */
function* written(sheet: ExportSheet): Generator<void, string> {
  let text = BYTE_ORDER_MARK;
  for (const line of linesOf(sheet)) {
    text += csvLine(line);
    yield;
  }
  return text;
}

function* linesOf(sheet: ExportSheet): Generator<CsvCell[]> {
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
  yield line(title);
  yield line([scope, unitLineOf(sheet)].filter((part) => part !== '').join(' '));
  for (const [label, value] of about) yield [label, value, ...empty.slice(2)];
  yield flatHeader(sheet);
  for (const row of rows) yield printed(row);
  if (total) yield printed(total);
  for (const note of notes) yield line(note);
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
