import type { Schema } from '../../api/paths.js';
import { printAmount, type Unit } from '../../parts/amount.js';

export type Evaluation = Schema<'Evaluation'>;
export type YearOnYearItem = Schema<'YearOnYear'>['items'][number];

const SECTIONS: Readonly<Record<string, string>> = {
  about: '说明',
  counts: '床位与托位',
  findings: '疑点',
  indicators: '指标',
  ledger: '投资台账',
  lists: '年度清单',
  plans: '方案与目标',
  rates: '各项比率',
  scores: '能力评价',
  tasks: '任务',
};

/** A section of a snapshot in Chinese; one we have no word for keeps its name. */
export const sectionLabel = (name: string): string => SECTIONS[name] ?? name;

const RATES = {
  completed: '完成投资率',
  disbursement: '拨付率',
  arrival: '到位率',
  payment: '支付率',
  start: '开工率',
  inUse: '投用率',
} as const;

/** Of a rate three figures are sealed: 分子, 分母 and what is printed. */
const RATE_FIGURES = Object.entries(RATES).flatMap(([name, label]) => [
  [`${name}Part`, `${label}·分子`],
  [`${name}Of`, `${label}·分母`],
  [`${name}Percent`, `${label}（%）`],
]);

const FIGURES: Readonly<Record<string, string>> = {
  ...(Object.fromEntries(RATE_FIGURES) as Record<string, string>),
  acceptedOn: '竣工验收',
  allocated: '下达',
  applied: '申请',
  area: '区域',
  asEffectiveOn: '数据截至',
  attribute: '属性',
  authority: '印发机关',
  baseline: '基期',
  baselines: '基期（条）',
  breakdowns: '分县分解（项）',
  carriedForward: '结转下年',
  carriedIn: '上年结转',
  category: '项目类型',
  changed: '变更',
  code: '项目代码',
  comment: '评语',
  commissioned: '当年投用',
  commissionedOn: '投入使用',
  completedInvestment: '完成投资',
  computed: '现状',
  computedHigh: '现状·上限',
  computedLow: '现状·下限',
  computedYear: '现状年份',
  critical: '严重（项）',
  deadline: '期限',
  decommissioned: '停用',
  definition: '定义版本',
  definitions: '指标定义摘要',
  deliverable: '成果',
  denominator: '分母',
  disbursed: '拨付',
  document: '文件',
  documentNumber: '文号',
  done: '已办结（项）',
  effectiveDate: '印发日期',
  error: '错误（项）',
  eventId: '事件',
  events: '事件',
  evidence: '依据',
  exact: '精确值',
  explanation: '说明',
  failsFrom: '起算日',
  format: '格式',
  handling: '处理',
  high: '上限',
  indicator: '指标',
  indicators: '指标版本',
  leadUnits: '牵头单位',
  list: '清单',
  locator: '出处',
  low: '精确值',
  numerator: '分子',
  of: '分母',
  onlyRounded: '四舍五入后才达到',
  paid: '支付',
  part: '分子',
  planned: '资金计划',
  plannedHigh: '计划·上限',
  plannedLow: '计划·下限',
  plannedProjects: '计划项目（个）',
  plannedUnknownProjects: '未列规模项目（个）',
  plannedUse: '计划投用',
  points: '得分',
  populations: '人口（条）',
  printed: '数值',
  projects: '项目（个）',
  rates: '比率口径',
  received: '到位',
  recovered: '收回',
  region: '地区',
  regions: '地区',
  reports: '报告',
  rule: '规则',
  ruleSet: '规则集',
  ruleVersion: '规则版本',
  rules: '规则版本',
  scoring: '计分方式',
  sentence: '情况',
  sentences: '情况',
  sequence: '序号',
  severity: '程度',
  sheet: '评价表',
  sides: '各处所印',
  startedOn: '开工',
  status: '状态',
  statusFrom: '状态依据',
  stockAtYearEnd: '年末存量',
  subject: '对象',
  supportingUnits: '配合单位',
  target: '目标',
  targets: '目标（条）',
  tasks: '任务（项）',
  total: '总投资',
  unit: '单位',
  unknownTotals: '总投资未知（个）',
  verdict: '判断',
  warning: '警告（项）',
  weight: '权重',
  weightOpen: '未评权重',
  weightScored: '已评权重',
  why: '原因',
  year: '年份',
};

const isMoney = (figure: string): boolean => figure.endsWith('Fen');

/** Whether a figure is a value in full, which may be a long fraction. */
export const isExact = (figure: string): boolean =>
  ['exact', 'low', 'high', 'computedLow', 'computedHigh'].includes(figure);

/** A figure of a snapshot in Chinese, an amount with the unit of the view: 下达(万元). */
export function figureLabel(figure: string, unit: Unit): string {
  const name = isMoney(figure) ? figure.slice(0, -3) : figure;
  return `${FIGURES[name] ?? name}${isMoney(figure) ? `（${unit}）` : ''}`;
}

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  verdict: { reached: '已达到', missed: '未达到', open: '尚不能判断' },
  attribute: { Binding: '约束性', Anticipated: '预期性' },
  severity: { warning: '警告', error: '错误', critical: '严重', note: '提示' },
  category: { ElderlyCare: '养老', Childcare: '托育', MedicalElderlyCare: '医养结合' },
  status: { underway: '推进中', done: '已完成', blocked: '受阻', unknown: '未知' },
  handling: { open: '未处理', explained: '已说明', waived: '已豁免', rectified: '已整改', closed: '已销号' },
};

/**
 * A figure as it was sealed, exact: amounts in the unit of the view, what is not known `—`, lists by their number and
 * what is in them.
 */
export function printFigure(figure: string, value: unknown, unit: Unit): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') {
    if (isMoney(figure) && /^-?\d+$/u.test(value)) return printAmount(value, unit);
    return WORDS[figure]?.[value] ?? value;
  }
  if (!Array.isArray(value)) return typeof value === 'object' ? saidIn(value) : JSON.stringify(value);
  if (figure === 'events') return `${value.length} 个事件`;
  return value.length === 0 ? '无' : value.map((one) => printFigure(figure, one, unit)).join('、');
}

/** What an object says, without its keys: 示例评〔2026〕1号. */
function saidIn(object: object): string {
  const said = Object.values(object).filter((one) => one !== null && one !== '');
  return said.map((one) => (typeof one === 'object' ? saidIn(one as object) : String(one))).join(' ');
}

/** Rows of a comparison that differ, of one section; all of them where `all`. */
export function comparedRows(
  items: readonly YearOnYearItem[],
  section: string,
  all: boolean,
): YearOnYearItem[] {
  return items.filter(
    (item) => item.section === section && (all || JSON.stringify(item.before) !== JSON.stringify(item.now)),
  );
}
