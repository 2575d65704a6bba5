import { printPartialDate } from '#libs/kernel/partial-date.js';
import type { Schema } from '../../api/paths.js';
import { printAmount, type Unit } from '../../parts/amount.js';
import { plannedText } from '../project/capacity-text.js';

export type ProjectRow = Schema<'ProjectWindow'>['items'][number];

/** A column of the grid; `key` is also its name for the server's export, `sort` the server's name of its order. */
export interface Column {
  key: string;
  label: string;
  /** In letters, of which a Chinese one takes two. */
  width: number;
  isAmount?: true;
  isNumber?: true;
  sort?: string;
  text: (row: ProjectRow, unit: Unit, place: number) => string;
}

export const COLUMNS: readonly Column[] = [
  {
    key: 'sequence',
    label: '序号',
    width: 7,
    isNumber: true,
    sort: 'entered',
    text: (_row, _unit, place) => String(place + 1),
  },
  { key: 'name', label: '项目名称', width: 34, sort: 'name', text: ({ name }) => name },
  { key: 'category', label: '项目类型', width: 11, sort: 'category', text: ({ category }) => category.label },
  { key: 'stage', label: '状态', width: 11, sort: 'stage', text: ({ stage }) => stage.label },
  {
    key: 'plannedUse',
    label: '投入使用时间',
    width: 14,
    sort: 'plannedUse',
    text: ({ plannedUse }) => (plannedUse === null ? '—' : printPartialDate(plannedUse)),
  },
  { key: 'place', label: '实施地点', width: 18, sort: 'place', text: ({ place }) => place },
  { key: 'scope', label: '建设内容和规模', width: 34, text: ({ scope }) => scope ?? '—' },
  {
    key: 'capacity',
    label: '计划规模',
    width: 24,
    text: ({ plannedCapacity }) => plannedText(plannedCapacity) || '—',
  },
  {
    key: 'totalInvestment',
    label: '总投资',
    width: 15,
    isAmount: true,
    sort: 'totalInvestment',
    text: (row, unit) => printAmount(row.totalInvestment, unit),
  },
  {
    key: 'selfRaised',
    label: '自筹资金',
    width: 15,
    isAmount: true,
    sort: 'selfRaised',
    text: (row, unit) => printAmount(row.selfRaised, unit),
  },
  {
    key: 'unsourced',
    label: '来源未列',
    width: 14,
    isAmount: true,
    sort: 'unsourced',
    text: (row, unit) => printAmount(row.unsourced, unit),
  },
  {
    key: 'implementingUnits',
    label: '组织实施单位',
    width: 26,
    text: ({ implementingUnits }) => implementingUnits.join('、'),
  },
  { key: 'code', label: '项目代码', width: 28, sort: 'code', text: ({ code }) => code ?? '—' },
];

/** The columns of the published list, in its order: what is printed. */
export const PUBLISHED = [
  'sequence',
  'name',
  'category',
  'plannedUse',
  'place',
  'scope',
  'totalInvestment',
  'selfRaised',
  'implementingUnits',
];
export const USUAL = [
  'sequence',
  'name',
  'category',
  'stage',
  'plannedUse',
  'place',
  'totalInvestment',
  'selfRaised',
  'unsourced',
  'implementingUnits',
];

/** Columns that stay while the others move under them. */
export const FROZEN = ['sequence', 'name'];

/** The chosen columns in the order of the table; the name is always among them. Unknown keys are passed over. */
export function chosenColumns(keys: readonly string[]): Column[] {
  return COLUMNS.filter(({ key }) => key === 'name' || keys.includes(key));
}
