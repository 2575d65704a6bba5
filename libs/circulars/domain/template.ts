import type { Paragraph } from './events.js';

/** What a text may cite, with what it means. */
export const FIGURE_LABELS = {
  region: '地区',
  period: '期间',
  asEffectiveOn: '数据截至',
  projects: '在库项目数',
  unknownTotals: '总投资未知的项目数',
  totalInvestment: '总投资（万元）',
  completedInvestment: '累计完成投资（万元）',
  allocated: '下达（万元）',
  disbursed: '拨付（万元）',
  received: '到位（万元）',
  paid: '支付（万元）',
  startDue: '应开工项目数',
  started: '已开工项目数',
  inUseDue: '应投用项目数',
  inUse: '已投用项目数',
  completedPercent: '完成投资率',
  disbursementPercent: '拨付率',
  arrivalPercent: '到位率',
  paymentPercent: '支付率',
  startPercent: '开工率',
  inUsePercent: '投用率',
  behind: '进度滞后的项目数',
  startOverdue: '开工逾期的项目数',
  useOverdue: '投用逾期的项目数',
  missingReports: '逾期未报月报的项目数',
  findings: '疑点数',
  findingsDone: '已销号或豁免的疑点数',
} as const;
export type FigureName = keyof typeof FIGURE_LABELS;
export const FIGURE_NAMES = Object.keys(FIGURE_LABELS) as FigureName[];

export const TABLE_LABELS = {
  ranking: '各县（市）项目推进情况',
  behind: '进度滞后的项目',
  missing: '逾期未报月度进展的项目',
  findings: '疑点汇总',
} as const;
/** What figures without a unit of their own count, by table. */
export const TABLE_UNITS: Readonly<Record<string, string>> = { ranking: '个', findings: '项' };
export const TABLE_NAMES = Object.keys(TABLE_LABELS) as (keyof typeof TABLE_LABELS)[];

const heading = (text: string): Paragraph => ({ kind: 'heading', text });
const text = (words: string): Paragraph => ({ kind: 'text', text: words });
const table = (name: keyof typeof TABLE_LABELS): Paragraph => ({ kind: 'table', text: name });

/** The text that a draft begins with; every number in it is a figure of the system. */
export const DRAFT_TEXT: readonly Paragraph[] = [
  text('现将{region}{period}“一老一小”重大项目推进情况通报如下（数据截至{asEffectiveOn}）。'),
  heading('一、总体情况'),
  text(
    '全域在库项目{projects}个，总投资{totalInvestment}万元（另有{unknownTotals}个项目总投资未知），' +
      '累计完成投资{completedInvestment}万元，完成投资率{completedPercent}。' +
      '累计下达资金{allocated}万元、拨付{disbursed}万元、到位{received}万元、支付{paid}万元；' +
      '拨付率{disbursementPercent}，到位率{arrivalPercent}，支付率{paymentPercent}。' +
      '应开工项目{startDue}个、已开工{started}个，开工率{startPercent}；' +
      '应投用项目{inUseDue}个、已投用{inUse}个，投用率{inUsePercent}。',
  ),
  heading('二、各县（市）情况'),
  text('各县（市）按完成投资率排名如下；跨县项目单列，不参加排名。'),
  table('ranking'),
  heading('三、进度滞后的项目'),
  text('未按计划开工或投用的项目{behind}个，其中开工逾期{startOverdue}个、投用逾期{useOverdue}个。'),
  table('behind'),
  heading('四、月报报送'),
  text('逾期未报月度进展的项目{missingReports}个。'),
  table('missing'),
  heading('五、存在的疑点'),
  text('按审计规则共发现疑点{findings}项，其中已销号或豁免{findingsDone}项。'),
  table('findings'),
  heading('六、工作要求'),
  text('请各县（市）对照上述情况逐项核实，限期整改，并按月报送进展。'),
];
