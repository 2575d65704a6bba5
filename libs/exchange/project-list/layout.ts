import type { MoneyUnit } from '#libs/kernel/money.js';
import type { FileRefusalCode, WarningCode } from '../report/import-codes.js';
import { columnLetter } from '../table/sheet.js';
import { likelyHeaderRow } from './column-report.js';
import { LIST_WORDS, mayBeHeader, REQUIRED_COLUMNS, type Column } from './columns.js';
import type { Finding } from '../layout/finding.js';
import type { Grid } from '../layout/grid.js';
import { headerAt, isTotal, unitOfHeader, type Header as AnyHeader } from '../layout/header.js';
import { moneyUnitIn, withoutUnit } from '../layout/unit.js';
import { IGNORED, keyOf, labelOf, type ColumnMeaning } from './meanings.js';
import type { Said } from './readings.js';

type Header = AnyHeader<ColumnMeaning>;

/** One list in a sheet: where it stands and how to read it. */
export interface ListLayout {
  readonly grid: Grid;
  readonly title?: string;
  /** Unit of amounts whose own column or cell names none. */
  readonly unit?: MoneyUnit;
  /** Last row of the header. */
  readonly headerRow: number;
  readonly columns: readonly Column[];
  /** Columns whose headers nobody understood, or that are not to be read. */
  readonly unknown: Header['unknown'];
  readonly said: Said;
  /** Rows below the header, in order; repeated headers and titles left out. */
  readonly rows: readonly number[];
  readonly warnings: readonly Finding[];
  /** What keeps the whole list from being read. */
  readonly errors: readonly Finding[];
}

const LONGEST_TITLE = 300;

/**
 * Finds the lists of a sheet. A header printed again without a title (at a page break) goes on with the same list.
 * What is said of columns holds whatever their headers name; where the names make no header, it may make one.
 */
export function* findLists(grid: Grid, said: Said): Generator<void, ListLayout[]> {
  const named = yield* listsBelow(grid, said, (row) =>
    mayBeHeader(grid.texts(row)) ? headerAt(grid, row, LIST_WORDS) : undefined,
  );
  if (named.length > 0 || said.size === 0) return named;
  const meant = new Map([...said].filter((entry): entry is [number, ColumnMeaning] => entry[1] !== IGNORED));
  const words = { ...LIST_WORDS, said: meant };
  const likely = likelyHeaderRow(grid);
  return yield* listsBelow(grid, said, (row) => (row === likely ? headerAt(grid, row, words) : undefined));
}

function* listsBelow(
  grid: Grid,
  said: Said,
  headerIn: (row: number) => Header | undefined,
): Generator<void, ListLayout[]> {
  const lists: MutableLayout[] = [];
  let above: number[] = [];
  let skipTo = 0;
  for (const row of grid.rowNumbers) {
    yield;
    if (row <= skipTo) continue;
    const header = headerIn(row);
    if (!header) {
      above.push(row);
      continue;
    }
    skipTo = header.bottom;
    const read = withSaid(header, said);
    const last = lists.at(-1);
    const titleRows = last ? trailingTitle(grid, last, above) : above;
    if (last) last.rows.push(...above.slice(0, above.length - titleRows.length));
    above = [];
    if (!last || titleRows.length > 0) lists.push(layoutOf(grid, read, titleRows, said));
    else continueOrReject(last, read);
  }
  lists.at(-1)?.rows.push(...above);
  return lists;
}

/** The header with its columns read as was said; a column without a header is one too where something is said of it. */
function withSaid(header: Header, said: Said): Header {
  if (said.size === 0) return header;
  const columns = header.columns.filter(({ index }) => !said.has(index));
  const unknown = header.unknown.filter(({ index }) => !said.has(index));
  for (const [index, meaning] of said) {
    const printed = [...header.columns, ...header.unknown].find((column) => column.index === index);
    const text = printed?.header ?? '';
    const unit = moneyUnitIn(text);
    if (meaning === IGNORED) unknown.push({ index, header: text });
    else columns.push({ ...meaning, index, header: text, ...(unit && { unit }) });
  }
  return { ...header, columns: columns.sort((a, b) => a.index - b.index), unknown };
}

type MutableLayout = Omit<ListLayout, 'rows' | 'warnings' | 'errors'> & {
  rows: number[];
  warnings: Finding[];
  errors: Finding[];
};

function layoutOf(grid: Grid, header: Header, titleRows: readonly number[], said: Said): MutableLayout {
  const lines = titleRows.map((row) => grid.texts(row));
  const title = lines.flat().map(withoutUnit).find(isTitle)?.slice(0, LONGEST_TITLE);
  const unit =
    lines
      .flat()
      .map(moneyUnitIn)
      .find((found) => found) ?? unitOfHeader(grid, header);
  const at = (code: FileRefusalCode | WarningCode, message: string, column?: number): Finding => ({
    code: `import.${code}`,
    message,
    sheet: grid.sheet.name,
    row: header.bottom,
    ...(column && { column: columnLetter(column) }),
  });
  const warnings = header.unknown
    .filter(({ index }) => !said.has(index))
    .map(({ index, header: text }) => at('columnIgnored', `列“${text}”的含义不明，未读取`, index));
  const errors = [...missingColumns(header, at), ...doubledColumns(header, at)];
  const known = {
    headerRow: header.bottom,
    columns: header.columns,
    unknown: header.unknown,
    said,
    ...(title && { title }),
    ...(unit && { unit }),
  };
  return { grid, ...known, rows: [], warnings, errors };
}

type At = (code: FileRefusalCode | WarningCode, message: string, column?: number) => Finding;

function missingColumns({ columns }: Header, at: At): Finding[] {
  return REQUIRED_COLUMNS.filter((field) => !columns.some((column) => column.field === field)).map((field) =>
    at('columnMissing', `表头缺少“${labelOf({ field })}”列`),
  );
}

/** Two columns of one meaning cannot both be right; only descriptions are joined. */
function doubledColumns({ columns }: Header, at: At): Finding[] {
  return columns.flatMap((column, n) => {
    const first = columns.slice(0, n).find((other) => keyOf(other) === keyOf(column));
    if (!first || column.field === 'scope') return [];
    const [one, two] = [first, column].map(({ index, header }) => `${columnLetter(index)}列“${header}”`);
    return [at('columnDoubled', `表头中有两列都表示“${labelOf(column)}”：${one}与${two}`, column.index)];
  });
}

/** The rows right above a second header that hold no project: its title. */
function trailingTitle(grid: Grid, list: MutableLayout, above: readonly number[]): number[] {
  const needed = list.columns.filter(({ field }) => field === 'category' || field === 'total');
  let first = above.length;
  while (first > 0) {
    const row = above[first - 1]!;
    const texts = grid.texts(row);
    const isProject = needed.some(({ index }) => grid.own(row, index)) && texts.length > 2;
    if (isProject || texts.length > 3 || isTotal(texts[0] ?? '')) break;
    first -= 1;
  }
  const rows = above.slice(first);
  return rows.some((row) => grid.texts(row).map(withoutUnit).some(isTitle)) ? rows : [];
}

function continueOrReject(list: MutableLayout, header: Header): void {
  const at = { sheet: list.grid.sheet.name, row: header.bottom };
  const shape = (columns: readonly Column[]) =>
    columns.map((column) => `${column.index}${labelOf(column)}`).join();
  if (shape(list.columns) === shape(header.columns)) {
    list.warnings.push({ code: 'import.headerRepeated', message: '表头重复出现，按同一清单续表读取', ...at });
  } else {
    const message = '同一工作表中出现第二个表头，列不同且没有标题，无法判断是否为另一清单，请分表后再导入';
    list.errors.push({ code: 'import.secondHeader', message, ...at });
  }
}

function isTitle(text: string): boolean {
  return (
    text.length > 1 &&
    !/^(?:附件|附表|附)\d*[::]?$|^(?:填报|编制|报送|填表|制表)|^\d{4}年\d+月\d+日$/u.test(text)
  );
}
