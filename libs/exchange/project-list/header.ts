import { squeeze } from '#libs/kernel/text.js';
import { headerUnit, meaningOf, type Column } from './columns.js';
import type { Grid } from './grid.js';

/** A header found in a sheet: its rows, its understood columns, and the headers nobody understood. */
export interface Header {
  readonly top: number;
  readonly bottom: number;
  readonly columns: readonly Column[];
  readonly unknown: readonly { index: number; header: string }[];
}

/** Headers are split over at most so many rows. */
const DEEPEST = 3;
/** A row is a header when it names the project and at least three columns more. */
const FEWEST_COLUMNS = 4;

/**
 * The header that starts in this row, if one does. Headers split over lines or rows are joined, merged ones shared;
 * of all depths the one that explains most columns is taken, and of those the shallowest.
 */
export function headerAt(grid: Grid, top: number): Header | undefined {
  let best = readHeader(grid, top, top);
  for (let bottom = top + 1; bottom < top + DEEPEST; bottom += 1) {
    const deeper = readHeader(grid, top, bottom);
    if (deeper.columns.length > best.columns.length) best = deeper;
  }
  if (!isHeader(best)) return undefined;
  // A title above the header joins its columns without adding any: the header starts below it.
  while (best.top < best.bottom) {
    const lower = readHeader(grid, best.top + 1, best.bottom);
    if (lower.columns.length < best.columns.length || explainsUnits(best, lower)) break;
    best = lower;
  }
  return { ...best, bottom: Math.max(best.bottom, mergedBottom(grid, best), marksBelow(grid, best.bottom)) };
}

function isHeader({ columns }: Header): boolean {
  return columns.length >= FEWEST_COLUMNS && columns.some(({ field }) => field === 'name');
}

/** The group above (资金来源(万元)) names a unit that the columns themselves do not. */
function explainsUnits(header: Header, lower: Header): boolean {
  const units = ({ columns }: Header) => columns.filter((column) => column.unit).length;
  return units(header) > units(lower);
}

function readHeader(grid: Grid, top: number, bottom: number): Header {
  const columns: Column[] = [];
  const unknown: { index: number; header: string }[] = [];
  for (let index = 1; index <= grid.lastColumn; index += 1) {
    const parts: string[] = [];
    for (let row = top; row <= bottom; row += 1) {
      const text = squeeze(grid.shown(row, index)?.text ?? '');
      if (text !== '' && text !== parts.at(-1)) parts.push(text);
    }
    const joined = parts.join('');
    const meaning = meaningOf(joined) ?? meaningOf(parts.at(-1) ?? '');
    const unit = headerUnit(joined);
    if (meaning) columns.push({ ...meaning, index, header: joined, ...(unit && { unit }) });
    else if (joined !== '') unknown.push({ index, header: joined });
  }
  return { top, bottom, columns, unknown };
}

function mergedBottom(grid: Grid, header: Header): number {
  const bottoms = header.columns.map(({ index }) => grid.mergeAt(header.bottom, index)?.bottom ?? 0);
  return Math.min(Math.max(0, ...bottoms), header.top + DEEPEST);
}

/** Rows below a header that hold only column numbers (1, 2, 3 …) or units ((万元), 张). */
function marksBelow(grid: Grid, bottom: number): number {
  const texts = grid.texts(bottom + 1);
  const isUnits =
    texts.length > 0 && texts.every((text) => /^[(]?(?:亿元|万元|元|张|个|平方米|年)[)]?$/u.test(text));
  const isNumbers =
    texts.length > 2 && texts.every((text, n) => text.replace(/[()]/gu, '') === String(n + 1));
  return isUnits || isNumbers ? bottom + 1 : 0;
}
