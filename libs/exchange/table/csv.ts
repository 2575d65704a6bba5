import { inTurns } from '#libs/kernel/turns.js';
import { csvRecords } from './csv-records.js';
import { TABLE_LIMITS, type TableLimits } from './limits.js';
import { SheetBuilder } from './sheet-builder.js';
import type { Sheet } from './sheet.js';
import { decodeText } from './text-encoding.js';
import { withoutMark } from './write-csv.js';

/** A .csv has no sheets; reports name it by this word. */
export const CSV_SHEET = 'csv';

/**
 * Reads delimited text (comma, tab or semicolon) as one sheet. Rows are numbered as a spreadsheet would number them,
 * line breaks inside quotes notwithstanding.
 *
 * @throws Refusal `import.wrongEncoding` | `import.brokenCsv` | `import.tooMany…`
 */
export async function readCsv(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Sheet> {
  return inTurns(sheetOf(decodeText(bytes).text, limits));
}

function* sheetOf(text: string, limits: TableLimits): Generator<void, Sheet> {
  const builder = new SheetBuilder(CSV_SHEET, false, limits, { cells: 0 });
  let row = 0;
  for (const cells of csvRecords(text, delimiterOf(text))) {
    yield;
    row += 1;
    for (const [index, value] of cells.entries()) {
      builder.add({ row, column: index + 1, text: withoutMark(value), kind: 'text' });
    }
  }
  return builder.build();
}

/** The separator that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 10_000);
  const count = (mark: string) => start.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
