import type { MoneyUnit } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { toHalfWidth } from '#libs/kernel/text.js';
import type { Sheet } from '../table/sheet.js';
import { columnReports, likelyColumns, type ColumnReport } from './column-report.js';
import { REQUIRED_COLUMNS } from './columns.js';
import { flagRepeats } from './repeats.js';
import { Findings, type Finding } from '../layout/finding.js';
import { Gazetteer } from './gazetteer.js';
import { Grid } from '../layout/grid.js';
import { findLists, type ListLayout } from './layout.js';
import { ListColumns } from './list-columns.js';
import type { ListRow } from './list-row.js';
import { labelOf } from './meanings.js';
import { saidOf, type PlacedReading } from './readings.js';
import { readRow } from './row.js';
import {
  checkTotal,
  isSubtotal,
  RowSums,
  sumRows,
  totalLabel,
  type ListTotals,
  type PrintedTotal,
} from './totals.js';

export interface InterpretOptions {
  /** The division the list was made for: places are looked up inside it. */
  region: RegionCode;
  /** Title of a list that prints none. */
  defaultTitle: string;
  /** Unit of amounts where the file names none. */
  unit?: MoneyUnit;
  /** What is said of columns, whatever their headers name. */
  readings?: readonly PlacedReading[];
}

export interface ProjectList {
  sheet: string;
  title: string;
  unit?: MoneyUnit;
  headerRow: number;
  columns: ColumnReport[];
  rows: ListRow[];
  printedTotals: PrintedTotal[];
  computed: ListTotals;
  /** Findings about the list as a whole. With an error, none of its rows is good. */
  warnings: Finding[];
  errors: Finding[];
}

/** More lists than sheets of a workbook: what has more is no publication. */
const MOST_LISTS = 200;
/** Sheets whose columns are shown where no header was found. */
const MOST_LIKELY = 10;

/**
 * Understands the cells of a file as project lists. Pure: it knows no project and stores nothing. Yields after each
 * row, so that whoever runs it can do other work in between.
 *
 * @throws Refusal `import.headerMissing` where no sheet holds a list (with the columns of what may be one),
 *   `import.columnUnknown` where a reading speaks of a sheet without a list, `import.tooManyLists`
 */
export function* interpretProjectLists(
  sheets: readonly Sheet[],
  options: InterpretOptions,
): Generator<void, ProjectList[]> {
  const gazetteer = new Gazetteer(options.region);
  const { readings = [] } = options;
  const grids = sheets.filter(({ hidden }) => !hidden).map((sheet) => new Grid(sheet));
  const found: ListLayout[] = [];
  for (const grid of grids) found.push(...(yield* findLists(grid, saidOf(grid.sheet.name, readings))));
  if (found.length > MOST_LISTS) {
    const message = `文件中有${found.length}份清单，超过${MOST_LISTS}份的上限，请拆分后再导入`;
    throw new Refusal('import.tooManyLists', message, { lists: found.length, limit: MOST_LISTS });
  }
  const lists: ProjectList[] = [];
  for (const layout of found) lists.push(yield* readList(layout, gazetteer, options));
  if (lists.length === 0) throw headerMissing(grids, readings);
  const unused = readings.find(({ sheet }) => !lists.some((list) => list.sheet === sheet));
  if (!unused) return lists;
  const message = `工作表“${unused.sheet}”中没有找到清单的表头，指定的${unused.column}列没有用处`;
  throw new Refusal('import.columnUnknown', message, { ...unused });
}

function headerMissing(grids: readonly Grid[], readings: readonly PlacedReading[]): Refusal {
  const expected = REQUIRED_COLUMNS.map((field) => labelOf({ field }));
  const sheets = grids.map(({ sheet }) => sheet.name);
  const lists = grids
    .slice(0, MOST_LIKELY)
    .flatMap((grid) => likelyColumns(grid, saidOf(grid.sheet.name, readings)) ?? []);
  return new Refusal(
    'import.headerMissing',
    `没有找到项目清单的表头（工作表：${sheets.join('、')}），应有${expected.join('、')}各列`,
    { sheets, expected, lists },
  );
}

function* readList(
  layout: ListLayout,
  gazetteer: Gazetteer,
  options: InterpretOptions,
): Generator<void, ProjectList> {
  const unit = layout.unit ?? options.unit;
  const withUnit: ListLayout = unit ? { ...layout, unit } : layout;
  const columns = new ListColumns(layout.columns);
  const warnings = [...layout.warnings];
  const errors = [...layout.errors];
  const rows: ListRow[] = [];
  const totalRows: { row: number; label: string; after: number }[] = [];
  for (const row of errors.some(({ code }) => code !== 'import.secondHeader') ? [] : layout.rows) {
    yield;
    const texts = layout.grid.texts(row);
    const label = totalLabel(texts);
    if (label) totalRows.push({ row, label, after: rows.length });
    else if (isProjectRow(layout, row, texts)) rows.push(readRow(withUnit, columns, row, gazetteer));
    else if (texts.length > 0) warnings.push(ignored(layout, row, texts));
  }
  yield* flagRepeats(rows);
  if (errors.length === 0 && rows.length === 0) errors.push(noRows(layout));
  const totals = checkTotals(withUnit, totalRows, rows);
  warnings.push(...totals.flatMap((total) => total.warnings));
  return {
    sheet: layout.grid.sheet.name,
    title: layout.title ?? options.defaultTitle,
    ...(unit && { unit }),
    headerRow: layout.headerRow,
    columns: columnReports(layout),
    rows,
    printedTotals: totals.map(({ printed }) => printed),
    computed: sumRows(rows),
    warnings,
    errors,
  };
}

/** 合计, 全州合计 cover the whole list wherever they stand; 小计, 养老合计 the rows since the last of their kind. */
function checkTotals(
  layout: ListLayout,
  totalRows: readonly { row: number; label: string; after: number }[],
  rows: readonly ListRow[],
): ReturnType<typeof checkTotal>[] {
  const whole = new RowSums(rows);
  let subtotalled = 0;
  return totalRows.map(({ row, label, after }) => {
    if (!isSubtotal(label)) return checkTotal(layout, row, label, whole);
    const covered = new RowSums(rows.slice(subtotalled, after));
    subtotalled = after;
    return checkTotal(layout, row, label, covered);
  });
}

/**
 * A row that fills two columns of a project, or has a number and a name and is then held for what it lacks; section
 * headings, notes and signatures fill one or two cells, and are numbered 一、 if at all.
 */
function isProjectRow(layout: ListLayout, row: number, texts: readonly string[]): boolean {
  // A name may begin as a note does (注溪镇敬老院) or as a heading (三河镇敬老院): only projects stand somewhere.
  const stands = layout.columns.some(({ index, field }) => field === 'place' && layout.grid.own(row, index));
  if (/^(?:注|备注|说明|填表|填报|制表|审核|联系)/u.test(texts[0] ?? '')) {
    if (!stands || /[::]/u.test(texts[0]!)) return false;
  }
  const filled = layout.columns.filter(
    ({ index, field }) => field !== 'sequence' && layout.grid.own(row, index),
  );
  const isSection =
    /^[(]?[一二三四五六七八九十]+[)]?[、.]?/u.test(texts[0] ?? '') && !stands && !hasCategory(layout, row);
  if (isSection) return false;
  return filled.length > 1 || (filled.some(({ field }) => field === 'name') && hasNumber(layout, row));
}

function hasNumber(layout: ListLayout, row: number): boolean {
  return layout.columns.some(
    ({ field, index }) =>
      field === 'sequence' && /^\d+$/u.test(toHalfWidth(layout.grid.own(row, index)?.text ?? '').trim()),
  );
}

function hasCategory(layout: ListLayout, row: number): boolean {
  return layout.columns.some(({ field, index }) => field === 'category' && layout.grid.shown(row, index));
}

function ignored(layout: ListLayout, row: number, texts: readonly string[]): Finding {
  const findings = new Findings(layout.grid.sheet.name, row);
  findings.warn('rowIgnored', `“${texts.join(' ').slice(0, 50)}”不是项目，未读取`);
  return findings.warnings[0]!;
}

function noRows(layout: ListLayout): Finding {
  const findings = new Findings(layout.grid.sheet.name, layout.headerRow);
  findings.reject('noRows', '表头下没有项目');
  return findings.errors[0]!;
}
