import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Refusal } from '#libs/kernel/refusal.js';
import { Turns } from '#libs/kernel/turns.js';
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
  const { text } = decodeText(bytes);
  const builder = new SheetBuilder(CSV_SHEET, false, limits, { cells: 0 });
  const parser = parse({
    delimiter: delimiterOf(text),
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: limits.columns * limits.cellCharacters,
  });
  let row = 0;
  try {
    for await (const record of Readable.from(pieces(text), { objectMode: false }).pipe(parser)) {
      row += 1;
      (record as string[]).forEach((value, index) => {
        builder.add({ row, column: index + 1, text: withoutMark(value), kind: 'text' });
      });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Rows that were parsed and not yet handed over count too.
    const at = parser.info.records + 1;
    throw new Refusal('import.brokenCsv', `第${at}行的引号或分隔符不完整，无法读取`, {
      row: at,
      why: error.code,
    });
  }
  return builder.build();
}

/** Bytes parsed before others have their turn. */
const PIECE_BYTES = 32 * 1024;

async function* pieces(text: string): AsyncGenerator<Buffer> {
  const turns = new Turns();
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    yield bytes.subarray(from, from + PIECE_BYTES);
    await turns.handOver();
  }
}

/** The separator that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 10_000);
  const count = (mark: string) => start.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
