import type { MoneyUnit } from '#libs/kernel/money.js';
import { squeeze } from '#libs/kernel/text.js';
import type { Grid } from './grid.js';
import { moneyUnitIn } from './unit.js';

/** What a file's headers can mean: `M` is the meaning of one column. */
export interface HeaderWords<M extends object> {
  /** What a header names; undefined for columns that mean nothing to the reader (备注, 联系人). */
  meaningOf(header: string): M | undefined;
  /** Whether these columns are a header and not a row that happens to use its words. */
  isHeader(columns: readonly HeaderColumn<M>[]): boolean;
  /** What was said of columns by their number, whatever their headers name. */
  readonly said?: ReadonlyMap<number, M>;
}

/** A column of the file that was understood. */
export type HeaderColumn<M extends object> = M & PrintedColumn;

/** Where a column stands, and what it says of itself. */
export interface PrintedColumn {
  readonly index: number;
  /** The header as printed, white space removed. */
  readonly header: string;
  /** Unit that the header itself names. */
  readonly unit?: MoneyUnit;
}

/** A header found in a sheet: its rows, its understood columns, and the headers nobody understood. */
export interface Header<M extends object> {
  readonly top: number;
  readonly bottom: number;
  readonly columns: readonly HeaderColumn<M>[];
  readonly unknown: readonly { index: number; header: string }[];
}

/** Headers are split over at most so many rows. */
const DEEPEST = 3;

/**
 * The header that starts in this row, if one does. Headers split over lines or rows are joined, merged ones shared;
 * of all depths the one that explains most columns is taken, and of those the shallowest.
 */
export function headerAt<M extends object>(
  grid: Grid,
  top: number,
  words: HeaderWords<M>,
): Header<M> | undefined {
  let best = readHeader(grid, top, top, words);
  for (let bottom = top + 1; bottom < top + DEEPEST; bottom += 1) {
    const deeper = readHeader(grid, top, bottom, words);
    if (deeper.columns.length > best.columns.length) best = deeper;
  }
  if (!words.isHeader(best.columns)) return undefined;
  // A title above the header joins its columns without adding any: the header starts below it.
  while (best.top < best.bottom) {
    const lower = readHeader(grid, best.top + 1, best.bottom, words);
    if (lower.columns.length < best.columns.length || explainsUnits(best, lower)) break;
    best = lower;
  }
  return { ...best, bottom: Math.max(best.bottom, mergedBottom(grid, best), marksBelow(grid, best.bottom)) };
}

/** The one unit that the header names; two of them leave columns without a unit of their own undecided. */
export function unitOfHeader<M extends object>(grid: Grid, header: Header<M>): MoneyUnit | undefined {
  const printed = grid.texts(header.bottom).map((text) => moneyUnitIn(text));
  const units = new Set([...header.columns.map(({ unit }) => unit), ...printed]);
  units.delete(undefined);
  return units.size === 1 ? [...units][0] : undefined;
}

/** The header without units in brackets, spaces and marks: 总投资\n(万元) → 总投资. Brackets around words stay as words. */
export function plainHeader(header: string): string {
  return squeeze(header)
    .replace(/[(\[【](?:单位[::])?(?:人民币)?(?:万元|亿元|元|张|个|平方米|m2|㎡|处|年|年月)[)\]】]/gu, '')
    .replace(/[/、,](?:万元|亿元|元)$|(?<=投资额?|资金|金额):?(?:万元|亿元|元)$/u, '')
    .replace(/[()::*\s]/gu, '');
}

/** A row that adds others up: 合计, 小计. */
export function isTotal(text: string): boolean {
  return /^(?:合计|总计|共计|小计|总合计|总\s*计)/u.test(text.replace(/\s/gu, ''));
}

/** The group above (资金来源(万元)) names a unit that the columns themselves do not. */
function explainsUnits<M extends object>(header: Header<M>, lower: Header<M>): boolean {
  const units = ({ columns }: Header<M>) => columns.filter((column) => column.unit).length;
  return units(header) > units(lower);
}

function readHeader<M extends object>(
  grid: Grid,
  top: number,
  bottom: number,
  words: HeaderWords<M>,
): Header<M> {
  const columns: HeaderColumn<M>[] = [];
  const unknown: { index: number; header: string }[] = [];
  for (let index = 1; index <= grid.lastColumn; index += 1) {
    const parts: string[] = [];
    for (let row = top; row <= bottom; row += 1) {
      const text = squeeze(grid.shown(row, index)?.text ?? '');
      if (text !== '' && text !== parts.at(-1)) parts.push(text);
    }
    const joined = parts.join('');
    const meaning = words.said?.get(index) ?? words.meaningOf(joined) ?? words.meaningOf(parts.at(-1) ?? '');
    const unit = moneyUnitIn(joined);
    if (meaning) columns.push({ ...meaning, index, header: joined, ...(unit && { unit }) });
    else if (joined !== '') unknown.push({ index, header: joined });
  }
  return { top, bottom, columns, unknown };
}

function mergedBottom<M extends object>(grid: Grid, header: Header<M>): number {
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
