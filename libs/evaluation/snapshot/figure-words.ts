import { HANDLING_STATES } from '#libs/findings/domain/handling.js';
import { SEVERITIES } from '#libs/findings/domain/outcome.js';
import { SUBJECT_KINDS } from '#libs/findings/domain/subjects.js';
import type { Json } from '#libs/kernel/json.js';
import { printWan } from '#libs/kernel/money.js';
import { isPartialDate, printPartialDate } from '#libs/kernel/partial-date.js';
import { readableText } from '#libs/kernel/rational.js';
import { regionName } from '#libs/kernel/regions.js';
import { TARGET_ATTRIBUTES, TASK_STATES } from '#libs/plans/domain/vocabulary.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { VERDICTS } from '#libs/read-models/plans/queries.js';
import { RATES } from '../domain/rates.js';

/**
 * What people call the figures of a snapshot, and how they read them. What is sealed and what programs compare stays
 * as it is: fen, keys, null.
 */
const LABELS: Readonly<Record<string, string>> = {
  plannedLow: '计划（下限）',
  plannedHigh: '计划（上限）',
  plannedUnknownProjects: '计划数未知的项目',
  plannedProjects: '计划投用的项目',
  commissioned: '当年投用',
  changed: '当年变更',
  decommissioned: '当年停用',
  stockAtYearEnd: '年末存量',
  baseline: '基期数',
  warning: '提示',
  error: '问题',
  critical: '严重',
  done: '已办结',
  ruleVersion: '规则版本',
  subject: '对象',
  severity: '程度',
  failsFrom: '起算日期',
  handling: '处理',
  sentences: '情况',
  events: '事件',
  definition: '定义版本',
  unit: '单位',
  printed: '数值',
  low: '精确值（下限）',
  high: '精确值（上限）',
  why: '不能计算的原因',
  numerator: '分子',
  denominator: '分母',
  planned: '计划',
  applied: '申请',
  allocated: '下达',
  disbursed: '拨付',
  received: '到位',
  paid: '支付',
  carriedForward: '结转下年',
  carriedIn: '上年结转',
  recovered: '收回',
  completedInvestment: '完成投资',
  total: '总投资',
  projects: '项目数',
  unknownTotals: '总投资未知的项目',
  regions: '地区',
  region: '地区',
  category: '类别',
  list: '清单',
  sequence: '序号',
  code: '项目代码',
  plannedUse: '计划投用时间',
  startedOn: '开工',
  acceptedOn: '竣工验收',
  commissionedOn: '投入使用',
  documentNumber: '文号',
  authority: '印发机关',
  effectiveDate: '印发日期',
  baselines: '基期数条数',
  populations: '人口条数',
  targets: '目标条数',
  tasks: '任务条数',
  breakdowns: '分解表条数',
  year: '年度',
  target: '目标',
  attribute: '属性',
  leadUnits: '牵头单位',
  supportingUnits: '配合单位',
  document: '文件',
  locator: '所在位置',
  computed: '实际',
  computedLow: '实际精确值（下限）',
  computedHigh: '实际精确值（上限）',
  computedYear: '实际所属年度',
  verdict: '判断',
  onlyRounded: '仅四舍五入后达到',
  rule: '规则',
  sides: '各处所载',
  sentence: '情况',
  weight: '权重',
  scoring: '评分方式',
  points: '得分',
  exact: '得分（精确）',
  part: '部分',
  of: '全部',
  evidence: '依据',
  comment: '说明',
  weightScored: '已评权重',
  weightOpen: '未评权重',
  eventId: '事件',
  deadline: '期限',
  deliverable: '成果',
  indicator: '指标',
  status: '进展',
  statusFrom: '进展依据',
  explanation: '说明',
  reports: '报告',
  format: '快照格式',
  asEffectiveOn: '截至',
  ruleSet: '规则集',
  rules: '规则及版本',
  definitions: '指标定义摘要',
  indicators: '指标及版本',
  rates: '比率口径',
  sheet: '评价表',
};

const SCORING = { derived: '系统计算', judged: '评价打分' };
const STATUS_FROM = { indicator: '指标', report: '报告', none: '无' };

/** Figures whose values are keys, with the words for them. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  severity: SEVERITIES,
  handling: HANDLING_STATES,
  subject: SUBJECT_KINDS,
  category: PROJECT_CATEGORIES,
  attribute: TARGET_ATTRIBUTES,
  status: { ...TASK_STATES, unknown: '未知' },
  statusFrom: STATUS_FROM,
  verdict: VERDICTS,
  scoring: SCORING,
};
/** Exact values, which may be long fractions; programs and `--json` read them in full. */
const EXACT: ReadonlySet<string> = new Set(['exact', 'low', 'high', 'computedLow', 'computedHigh']);
const DATES: ReadonlySet<string> = new Set([
  'failsFrom',
  'plannedUse',
  'startedOn',
  'acceptedOn',
  'commissionedOn',
  'effectiveDate',
  'asEffectiveOn',
]);

const RATE_FIGURE = /^(?<rate>[a-z]\w*?)(?<side>Part|Of|Percent)$/u;
const SIDES = { Part: '：分子', Of: '：分母', Percent: '' };

/** `allocatedFen` is 下达(万元), `startPercent` 开工率(%). A figure that is not known here keeps its name. */
export function figureLabel(figure: string): string {
  const unit = figure.endsWith('Fen') ? '（万元）' : figure.endsWith('Percent') ? '（%）' : '';
  const name = figure.replace(/Fen$/u, '');
  const { rate = '', side = '' } = RATE_FIGURE.exec(name)?.groups ?? {};
  const label = isRate(rate) ? RATES[rate].label + SIDES[side as keyof typeof SIDES] : LABELS[name];
  return label === undefined ? figure : label + unit;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isRate = (name: string): name is keyof typeof RATES => name in RATES;

/** As people read it: 万元 for amounts, words for keys, names for divisions, — for what is not known. */
export function figureText(figure: string, value: Json): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textOf(figure, value);
  if (isList(value)) return value.map((each) => figureText(figure, each)).join('、') || '无';
  // The parts of an indicator say in words how they add up; documents have a number.
  const said = value['explanation'] ?? value['documentNumber'];
  return typeof said === 'string' ? said : JSON.stringify(value);
}

function textOf(figure: string, value: string): string {
  if (figure.endsWith('Fen') && /^-?\d+$/u.test(value)) return printWan(BigInt(value));
  if (figure === 'region' || figure === 'regions') return regionName(value);
  if (DATES.has(figure) && isPartialDate(value)) return printPartialDate(value);
  if (EXACT.has(figure)) return readableText(value);
  return WORDS[figure]?.[value] ?? value;
}
