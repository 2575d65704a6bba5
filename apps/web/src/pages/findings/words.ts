import { HANDLING_STATES, type StepKind } from '#libs/findings/domain/handling.js';
import { SEVERITIES } from '#libs/findings/domain/outcome.js';
import { SUBJECT_KINDS } from '#libs/findings/domain/subjects.js';
import { FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import type { Schema } from '../../api/paths.js';
import { printAmount, type Unit } from '../../parts/amount.js';

export type Finding = Schema<'FindingPage'>['items'][number];
export type FindingDetail = Schema<'FindingDetail'>;

export const FINDING_FILTERS = [
  'rule',
  'ruleCategory',
  'severity',
  'status',
  'handling',
  'category',
  'subjectKind',
  'projectId',
] as const;

export const CHOICES = {
  ruleCategory: { money: '资金', delivery: '建设进度', capacity: '规模与造价', plan: '方案文本' },
  severity: SEVERITIES,
  status: { failing: '存在疑点', ripening: '将要到期', pass: '通过', notApplicable: '不适用' },
  handling: HANDLING_STATES,
  category: PROJECT_CATEGORIES,
  subjectKind: SUBJECT_KINDS,
} as const;

/** What each step of handling is called on its form, where it goes, and what it says. */
export const STEPS: Record<
  StepKind,
  {
    title: string;
    path:
      | '/api/v1/findings/{findingId}/explanations'
      | '/api/v1/findings/{findingId}/waivers'
      | '/api/v1/findings/{findingId}/rectifications'
      | '/api/v1/findings/{findingId}/closures';
    fields: readonly { name: string; label: string; long?: true; optional?: true }[];
    note: string;
  }
> = {
  explained: {
    title: '说明',
    path: '/api/v1/findings/{findingId}/explanations',
    fields: [{ name: 'explanation', label: '情况说明', long: true }],
    note: '说明不使疑点消失，只记下缘由。',
  },
  waived: {
    title: '豁免',
    path: '/api/v1/findings/{findingId}/waivers',
    fields: [
      { name: 'reason', label: '豁免理由', long: true },
      { name: 'authority', label: '批准豁免的机关' },
      { name: 'documentNumber', label: '批准文号', optional: true },
    ],
    note: '由监督部门（发展改革、财政、审计）办理。',
  },
  rectified: {
    title: '整改',
    path: '/api/v1/findings/{findingId}/rectifications',
    fields: [{ name: 'measures', label: '整改措施和结果', long: true }],
    note: '登记整改之后，由另一人核实销号。',
  },
  closed: {
    title: '销号',
    path: '/api/v1/findings/{findingId}/closures',
    fields: [{ name: 'note', label: '核实情况', long: true }],
    note: '须由登记整改以外的另一人办理；身份在页面右上角选择。',
  },
};

/** Steps that may follow where the handling stands; the server decides, this only spares a vain form. */
export const NEXT: Readonly<Record<keyof typeof HANDLING_STATES, readonly StepKind[]>> = {
  open: ['explained', 'rectified', 'waived'],
  explained: ['rectified', 'waived', 'explained'],
  rectified: ['closed', 'rectified', 'waived'],
  waived: [],
  closed: [],
};

const SAID: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(STEPS).flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])),
);
export const saidLabel = (name: string): string => SAID[name] ?? name;

const FIGURES: Readonly<Record<string, string>> = {
  total: '总投资',
  planned: '资金来源合计',
  unsourced: '来源未列',
  completed: '累计完成投资',
  estimate: '概算',
  percent: '百分比（%）',
  amount: '金额',
  paid: '已支付',
  received: '已到位',
  left: '余额',
  remaining: '余额',
  days: '天数',
  payee: '收款人',
  date: '日期',
  month: '月份',
  unitCostWan: '单位造价（万元）',
  medianCostWan: '同类中位数（万元）',
  units: '数量',
  measure: '计量',
  projects: '同类项目数',
  plannedUse: '计划投入使用',
  plannedStart: '计划开工',
  accepted: '验收规模',
  missing: '缺报月数',
  lacking: '尚缺',
  indicator: '指标',
  year: '年份',
  targets: '各处目标',
  target: '目标',
  printed: '所印',
  computed: '按所印数字计算',
  sum: '分解数合计',
  printedTotal: '所印合计',
  share: '分解数',
  needed: '需要',
  listed: '清单安排',
  stillLacking: '清单之外仍缺',
  unknownProjects: '未列规模的项目数',
  recorded: '统计数',
  facilities: '设施合计',
  difference: '差额',
  baseline: '基期数',
  baselineYear: '基期年份',
  moved: '此后项目增减',
  source: '资金来源',
  statement: '对账单',
  ledger: '台账',
  ledgerThen: '台账，对账时',
  agreementBroken: '曾经相符',
  statementOnly: '对账单独有',
  ledgerOnly: '台账独有',
  doubtful: '待确认的匹配',
};
export const figureLabel = (name: string): string => FIGURES[name] ?? name;

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  source: FUNDING_SOURCES,
  agreementBroken: { true: '是', false: '否' },
};
/** A figure as people read it: an amount in the unit of the view, a key by its word. */
export function figureText(name: string, figure: unknown, unit: Unit): string {
  if (typeof figure === 'object' && figure !== null && 'fen' in figure) {
    return `${printAmount(figure as { fen: string }, unit)} ${unit}`;
  }
  return VALUES[name]?.[String(figure)] ?? String(figure);
}
