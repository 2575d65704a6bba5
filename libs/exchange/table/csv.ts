import { setImmediate } from 'node:timers/promises';
import Papa from 'papaparse';
import { Refusal } from '#libs/kernel/refusal.js';
import { TABLE_LIMITS, type TableLimits } from './limits.js';
import { SheetBuilder } from './sheet-builder.js';
import type { Sheet } from './sheet.js';
import { decodeText } from './text-encoding.js';
import { withoutMark } from './write-csv.js';

/** A .csv has no sheets; reports name it by this word. */
export const CSV_SHEET = 'csv';

/**
 * Reads delimited text (comma, tab or semicolon) as one sheet. Rows are numbered as a spreadsheet would number them,
 * line breaks inside quotes notwithstanding; a quote inside a cell that does not begin with one is text, as there.
 *
 * @throws Refusal `import.wrongEncoding` | `import.brokenCsv` | `import.tooMany…`
 */
export async function readCsv(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Sheet> {
  const { text } = decodeText(bytes);
  const builder = new SheetBuilder(CSV_SHEET, false, limits, { cells: 0 });
  let row = 0;
  let sinceRow = 0;
  await inChunks(text, (records, broken) => {
    sinceRow = records.length > 0 ? 0 : sinceRow + CHUNK_CHARACTERS;
    if (broken !== undefined) throw brokenAt(row + broken + 1);
    if (sinceRow > LONGEST_ROW) throw brokenAt(row + 1);
    for (const record of records) {
      row += 1;
      record.forEach((value, index) => {
        builder.add({ row, column: index + 1, text: withoutMark(value), kind: 'text' });
      });
    }
  });
  return builder.build();
}

const brokenAt = (row: number) =>
  new Refusal('import.brokenCsv', `第${row}行的引号或分隔符不完整，无法读取`, { row });

/** Characters parsed before others have their turn. */
const CHUNK_CHARACTERS = 128 * 1024;
/** Where no row ends for so long, a quote stays open: with each chunk all of it would be looked through again. */
const LONGEST_ROW = 1_000_000;

/**
 * @param take is given the rows that end in a chunk, and the index of the first whose quotes do not close; what it throws
 *   ends the reading
 */
function inChunks(
  text: string,
  take: (rows: readonly string[][], broken: number | undefined) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(text, {
      delimiter: delimiterOf(text),
      chunkSize: CHUNK_CHARACTERS,
      chunk: ({ data, errors }: Papa.ParseResult<string[]>, parser: Papa.Parser) => {
        parser.pause();
        setImmediate()
          .then(() => {
            take(data, errors[0]?.row);
            parser.resume();
          })
          .catch(reject);
      },
      complete: () => resolve(),
    });
  });
}

/** The separator that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 10_000);
  const count = (mark: string) => start.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
