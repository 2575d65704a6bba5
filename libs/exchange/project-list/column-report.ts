import { squeeze } from '#libs/kernel/text.js';
import { saysNothing } from '../layout/amounts.js';
import type { Grid } from '../layout/grid.js';
import { columnLetter } from '../table/sheet.js';
import { LIST_WORDS, type Column } from './columns.js';
import { IGNORED, keyOf } from './meanings.js';
import type { Said } from './readings.js';

/** How one column of a list was read. */
export interface ColumnReport {
  /** Letter of the column. */
  column: string;
  /** As printed, white space removed; empty where the column has none. */
  header: string;
  /** Its first values: for whoever decides what it means, and not kept with the import, as the file is. */
  samples?: string[];
  /** Key of what it was understood as; absent where it was not read. */
  meaning?: string;
  /** Said by whoever imported, and not by the header. */
  byHand?: true;
}

/** The columns of a list, or of what may be the header of one. */
export interface ListColumns {
  sheet: string;
  headerRow: number;
  columns: ColumnReport[];
}

export interface ReadColumns {
  readonly grid: Grid;
  readonly headerRow: number;
  readonly columns: readonly Column[];
  readonly unknown: readonly { index: number; header: string }[];
  readonly said: Said;
  readonly rows: readonly number[];
}

const LONGEST_HEADER = 60;
const LONGEST_SAMPLE = 30;
const MOST_SAMPLES = 3;
/** Rows looked at for samples, and for a header that nobody understood. */
const NEAR_ROWS = 50;
/** A row of fewer texts is a title or a note. */
const FEWEST_TEXTS = 4;

/** Every column with a header or a value, in the order of the file. */
export function columnReports({ grid, columns, unknown, said, rows }: ReadColumns): ColumnReport[] {
  const headers = new Map([...unknown, ...columns].map(({ index, header }) => [index, header]));
  const reports: ColumnReport[] = [];
  for (let index = 1; index <= grid.lastColumn; index += 1) {
    const header = headers.get(index) ?? '';
    const samples = samplesOf(grid, index, rows);
    if (header === '' && samples.length === 0 && !said.has(index)) continue;
    const meaning = columns.find((column) => column.index === index);
    reports.push({
      column: columnLetter(index),
      header: header.slice(0, LONGEST_HEADER),
      samples,
      ...(meaning && { meaning: keyOf(meaning) }),
      ...(said.has(index) && { byHand: true }),
    });
  }
  return reports;
}

/** The row that looks most like a header where none was understood. */
export function likelyHeaderRow(grid: Grid): number | undefined {
  return grid.rowNumbers.slice(0, NEAR_ROWS).find((row) => {
    const texts = grid.texts(row);
    return texts.length >= FEWEST_TEXTS && texts.every((text) => !/^[\d.,%]+$/u.test(text));
  });
}

/** The columns below that row, so that a person can say what they mean. */
export function likelyColumns(grid: Grid, said: Said): ListColumns | undefined {
  const headerRow = likelyHeaderRow(grid);
  if (headerRow === undefined) return undefined;
  const columns: Column[] = [];
  const unknown: { index: number; header: string }[] = [];
  for (let index = 1; index <= grid.lastColumn; index += 1) {
    const header = squeeze(grid.own(headerRow, index)?.text ?? '');
    const meaning = said.get(index) ?? LIST_WORDS.meaningOf(header);
    if (meaning && meaning !== IGNORED) columns.push({ ...meaning, index, header });
    else if (header !== '') unknown.push({ index, header });
  }
  const rows = grid.rowNumbers.filter((row) => row > headerRow);
  const found = { grid, headerRow, columns, unknown, said, rows };
  return { sheet: grid.sheet.name, headerRow, columns: columnReports(found) };
}

function samplesOf(grid: Grid, index: number, rows: readonly number[]): string[] {
  const samples = new Set<string>();
  for (const row of rows.slice(0, NEAR_ROWS)) {
    const text = (grid.own(row, index)?.text ?? '').trim();
    if (!saysNothing(text)) samples.add(text.slice(0, LONGEST_SAMPLE));
    if (samples.size === MOST_SAMPLES) break;
  }
  return [...samples];
}
