import { squeeze } from '#libs/kernel/text.js';
import { plainHeader, type HeaderColumn, type HeaderWords } from '../layout/header.js';

/** What the columns of a plan's files mean. A value column of a published table says its year in the header. */
export type PlanField =
  | 'kind'
  | 'indicator'
  | 'printedName'
  | 'unit'
  | 'year'
  | 'operator'
  | 'low'
  | 'high'
  | 'attribute'
  | 'leadUnits'
  | 'supportingUnits'
  | 'document'
  | 'locator'
  | 'note'
  | 'region'
  | 'task'
  | 'wording'
  | 'deadline'
  | 'deliverable'
  | 'sequence'
  | 'baselineValue'
  | 'targetValue'
  | 'ignored';
export interface PlanMeaning {
  readonly field: PlanField;
  readonly year?: number;
}
export type PlanColumn = HeaderColumn<PlanMeaning>;

/** Chinese names first, then those of the interchange layout. */
const NAMES: Record<Exclude<PlanField, 'baselineValue' | 'targetValue'>, readonly string[]> = {
  kind: ['类别', '数据类别', 'kind'],
  indicator: ['指标', '指标名称', 'indicator'],
  printedName: ['原文名称', 'as_printed_name'],
  unit: ['单位', '计量单位', 'unit'],
  year: ['年份', '年度', 'year'],
  operator: ['关系', 'operator'],
  low: ['数值', '下限', 'value_low'],
  high: ['上限', 'value_high'],
  attribute: ['属性', '指标属性', '指标性质', 'attribute'],
  leadUnits: ['牵头单位', '责任单位', '牵头部门', 'lead_unit', 'lead_units_norm'],
  supportingUnits: ['配合单位', '参与单位', '配合部门', 'co_units_norm'],
  document: ['文件', '来源文件', 'source'],
  locator: ['位置', '出处', 'locator'],
  note: ['备注', '说明', 'note'],
  region: ['地区', '县(市、区)', '县市区', '县(市)', '县区', 'region'],
  task: ['任务', '任务名称', '重点任务', '工作任务', 'task'],
  wording: ['职责表述', 'role_wording'],
  deadline: ['完成时限', '时限', 'deadline'],
  deliverable: ['成果', '成果形式', 'deliverable'],
  sequence: ['序号', 'seq'],
  ignored: ['region_level', 'domain', 'name_form', 'lead_units', 'co_units', '领域'],
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name) => [plainHeader(name), { field: field as PlanField }] as const),
  ),
);
const VALUE = /^(?:(\d{4})年?)?(基期值?|现状值?|基准值|目标值?|规划值)(?:(\d{4})年?)?$/u;

export const PLAN_WORDS: HeaderWords<PlanMeaning> = {
  meaningOf(header) {
    const plain = plainHeader(header);
    const match = VALUE.exec(plain);
    if (match) {
      const year = match[1] ?? match[3];
      const field = /目标|规划/u.test(match[2]!) ? 'targetValue' : 'baselineValue';
      return { field, ...(year !== undefined && { year: Number(year) }) };
    }
    return BY_NAME.get(plain);
  },
  isHeader: (columns) => layoutOf(columns) !== undefined,
};

/** figures: a row says one figure; table: a row says an indicator's baseline and target; shares: counties × indicators. */
export type PlanLayout = 'figures' | 'table' | 'tasks' | 'shares';

export function layoutOf(columns: readonly Pick<PlanColumn, 'field'>[]): PlanLayout | undefined {
  const has = (...fields: PlanField[]) =>
    fields.every((field) => columns.some((each) => each.field === field));
  if (has('task')) return 'tasks';
  if (has('indicator', 'kind', 'low')) return 'figures';
  if (has('indicator', 'targetValue')) return 'table';
  if (has('region') && !has('indicator')) return 'shares';
  return undefined;
}

/** Labels of lines above the header, which say what plan the file is of. */
const META = {
  title: ['方案', '方案名称'],
  region: ['行政区划代码', '地区代码'],
  areaCode: ['区域简称'],
  areaName: ['区域名称'],
  period: ['时期', '规划期'],
  documentNumber: ['文号', '发文字号'],
  authority: ['印发机关', '发文机关'],
  date: ['印发日期', '成文日期'],
  textDigest: ['原文摘要'],
  basis: ['分解依据'],
  note: ['方案说明'],
} as const;
export type MetaField = keyof typeof META;

const META_BY_LABEL = new Map(
  Object.entries(META).flatMap(([field, labels]) =>
    labels.map((label) => [label as string, field as MetaField]),
  ),
) as ReadonlyMap<string, MetaField>;

export const metaFieldOf = (label: string): MetaField | undefined =>
  META_BY_LABEL.get(squeeze(label).replace(/[::]$/u, ''));
