import type { Schema } from '../../api/paths.js';

export type ImportReport = Schema<'ImportReport'>;
export type RowReport = ImportReport['rows'][number];
/** A row of any import: a plan's rows name no project. */
export type ShownRow = Omit<RowReport, 'events'>;
export type Outcome = RowReport['outcome'];

/** What became of a row; in a dry run, what would. */
export const OUTCOMES: Readonly<Record<Outcome, { done: string; wouldBe: string }>> = {
  recorded: { done: '已记录', wouldBe: '将记录' },
  revised: { done: '已更新', wouldBe: '将更新' },
  unchanged: { done: '无变化', wouldBe: '无变化' },
  held: { done: '已搁置', wouldBe: '将搁置' },
};

const FIELDS: Readonly<Record<string, string>> = {
  name: '项目名称',
  category: '项目类型',
  regions: '地区',
  place: '实施地点',
  scope: '建设内容和规模',
  implementingUnits: '组织实施单位',
  totalInvestment: '总投资',
  plannedUse: '投入使用时间',
  plannedStart: '计划开工时间',
  plannedCapacity: '计划规模',
  fundingPlan: '资金来源',
  listing: '列入清单',
  code: '项目代码',
};
export const fieldName = (field: string): string => FIELDS[field] ?? field;

/** A side of a change, short enough for a table; what is absent is unknown. */
export function sideText(value: unknown): string {
  if (value === undefined || value === null) return '未知';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value === 'object' && 'yuan' in value) return `${String(value.yuan)} 元`;
  return JSON.stringify(value);
}

/** Where a problem is, as a person looks for it in the file: 第 22 行 H 列. */
export function placeOf({ sheet, row, column }: { sheet?: string; row?: number; column?: string }): string {
  return [sheet && `“${sheet}”`, row && `第 ${row} 行`, column && `${column} 列`].filter(Boolean).join(' ');
}

export const RowFilters = {
  all: '全部',
  attention: '有提示或错误',
  recorded: '新记录',
  revised: '有更新',
  unchanged: '无变化',
  held: '搁置',
} as const;
export type RowFilter = keyof typeof RowFilters;

export function rowsOf(rows: readonly ShownRow[], filter: RowFilter): ShownRow[] {
  if (filter === 'all') return [...rows];
  if (filter === 'attention')
    return rows.filter(({ warnings, errors }) => warnings.length + errors.length > 0);
  return rows.filter(({ outcome }) => outcome === filter);
}
