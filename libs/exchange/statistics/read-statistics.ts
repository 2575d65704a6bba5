import { parseMoney } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { squeeze, toHalfWidth } from '#libs/kernel/text.js';
import type { ReportedFigure } from '#libs/statistics/domain/events.js';
import { FIGURE_KEYS, FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import { Grid } from '../layout/grid.js';
import type { Sheet } from '../table/sheet.js';
import { csvText } from '../table/write-csv.js';

/** Columns of the sheet that units fill in; money is in 元 unless the cell names another unit. */
const COLUMNS = {
  figure: '指标',
  value: '数值',
  unit: '单位',
  source: '数据来源',
  document: '依据文号',
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['figure', 'value', 'source'];
const HEADER_WITHIN = 30;
/** How people write that they do not know: an empty cell is a cell forgotten. */
const UNKNOWN = /^(不详|未知|—+|-+)$/u;

const BY_LABEL = new Map(FIGURE_KEYS.map((key): [string, FigureKey] => [squeeze(FIGURES[key].label), key]));

/**
 * Understands a filled statistics sheet. Pure.
 * @throws Refusal `import.headerMissing`; `statistics.unreadable` naming every cell that cannot be read
 */
export function readStatistics(sheets: readonly Sheet[]): ReportedFigure[] {
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const grid = new Grid(sheet);
    for (const row of grid.rowNumbers.filter((number) => number <= HEADER_WITHIN)) {
      const columns = columnsIn(grid, row);
      if (REQUIRED.every((name) => columns.has(name))) return rowsBelow(grid, row, columns);
    }
  }
  const expected = REQUIRED.map((name) => COLUMNS[name]);
  throw new Refusal('import.headerMissing', `没有找到统计表的表头，应有${expected.join('、')}各列`, {
    expected,
  });
}

function columnsIn(grid: Grid, row: number): Map<Column, number> {
  const found = new Map<Column, number>();
  for (let column = 1; column <= grid.lastColumn; column += 1) {
    const text = squeeze(grid.own(row, column)?.text ?? '');
    const name = (Object.keys(COLUMNS) as Column[]).find((each) => COLUMNS[each] === text);
    if (name && !found.has(name)) found.set(name, column);
  }
  return found;
}

function rowsBelow(grid: Grid, header: number, columns: ReadonlyMap<Column, number>): ReportedFigure[] {
  const figures: ReportedFigure[] = [];
  const problems: { row: number; message: string }[] = [];
  for (const row of grid.rowNumbers.filter((number) => number > header)) {
    const text = (name: Column): string => grid.own(row, columns.get(name) ?? 0)?.text.trim() ?? '';
    if (text('figure') === '' && text('value') === '') continue;
    const figure = BY_LABEL.get(squeeze(text('figure')));
    const value = figure && valueOf(figure, text('value'), text('unit'));
    const source = text('source');
    if (!figure) problems.push({ row, message: `未知的指标“${text('figure')}”` });
    else if (value === undefined)
      problems.push({ row, message: `“${text('value')}”不是${FIGURES[figure].label}的数值` });
    else if (source === '') problems.push({ row, message: '没有填数据来源' });
    else {
      const documentNumber = text('document');
      figures.push({ figure, value, source, ...(documentNumber !== '' && { documentNumber }) });
    }
  }
  if (problems.length === 0) return figures;
  const first = problems.slice(0, 5).map(({ row, message }) => `第${row}行：${message}`);
  const message = `统计表有 ${problems.length} 处无法识别，未上报：${first.join('；')}`;
  throw new Refusal('statistics.unreadable', message, { problems: problems.slice(0, 100) });
}

/** null: said to be unknown; undefined: not readable. */
function valueOf(figure: FigureKey, text: string, unit: string): string | null | undefined {
  if (UNKNOWN.test(text)) return null;
  if (FIGURES[figure].unit !== '分') {
    const plain = toHalfWidth(text).replaceAll(',', '');
    if (unit !== '' && unit !== FIGURES[figure].unit) return undefined;
    return /^(0|[1-9]\d{0,17})$/u.test(plain) ? plain : undefined;
  }
  try {
    const fen = parseMoney(text, unit === '万元' || unit === '亿元' ? unit : '元');
    return fen < 0n ? undefined : String(fen);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The sheet to fill in, as delimited text: one line a figure. */
export function statisticsTemplate(figures: readonly FigureKey[]): string {
  const lines = figures.map((key) => {
    const { label, unit } = FIGURES[key];
    return [label, '', unit === '分' ? '元' : unit, '', ''];
  });
  return csvText([Object.values(COLUMNS), ...lines]);
}
