import { atOnce } from '#libs/kernel/testing/at-once.js';
import { parseRange, type Cell, type Sheet } from '../../table/sheet.js';
import { interpretProjectLists, type InterpretOptions, type ProjectList } from '../interpret.js';

export type ListCell = string | Pick<Cell, 'text' | 'kind'> | null;

/** A sheet made in code: one array a row, null for an empty cell. */
export function sheetOf(
  rows: readonly (readonly ListCell[])[],
  { name = '清单', merged = [] as string[], hidden = false } = {},
): Sheet {
  const filled = rows.map((cells, r) => {
    const row = new Map<number, Cell>();
    cells.forEach((cell, c) => {
      if (cell === null || cell === '') return;
      const content = typeof cell === 'string' ? { text: cell, kind: 'text' as const } : cell;
      row.set(c + 1, { row: r + 1, column: c + 1, ...content });
    });
    return [r + 1, row] as const;
  });
  return {
    name,
    hidden,
    rows: new Map(filled.filter(([, row]) => row.size > 0)),
    merged: merged.map((range) => parseRange(range)!),
  };
}

export const TITLE = ['测试清单(单位:万元)'];
export const HEADER = [
  ...['序号', '项目名称', '项目类型', '投入使用时间', '实施地点', '建设内容和规模'],
  ...['总投资', '自筹资金', '组织实施单位'],
];
export const FIRST = [
  '1',
  '布拖敬老院',
  '养老',
  '2023年',
  '布拖县',
  '床位100张',
  '1750',
  '1750',
  '布拖县民政局',
];
export const SECOND = [
  '2',
  '宁南托育中心',
  '托育',
  '2024年',
  '宁南县',
  '托位200个',
  '300',
  '300',
  '宁南县卫健局',
];

export function interpret(
  sheets: Sheet | readonly Sheet[],
  options: Partial<InterpretOptions> = {},
): ProjectList[] {
  const all = 'rows' in sheets ? [sheets] : sheets;
  return atOnce(interpretProjectLists(all, { region: '513400', defaultTitle: '文件', ...options }));
}

export function interpretOne(rows: readonly (readonly ListCell[])[], merged: string[] = []): ProjectList {
  const [list, ...others] = interpret(sheetOf(rows, { merged }));
  if (!list || others.length > 0) throw new Error(`${others.length + 1} lists`);
  return list;
}
