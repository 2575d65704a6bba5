/**
 * The capability evaluation sheet 能力评价表 as data. The published plans name such a sheet and print none, so this one
 * is ours until the competent authority confirms another: it says so wherever it is shown.
 */

/** A figure of the snapshot that points can be derived from; each is a share between parts and whole. */
export const DERIVED_MEASURES = {
  indicatorsReached: '达到年度目标的指标 ÷ 可判断的指标',
  startRate: '开工率：已开工 ÷ 应开工',
  inUseRate: '投用率：已投用 ÷ 应投用',
  disbursementRate: '拨付率：拨付 ÷ 下达',
  paymentRate: '支付率：支付 ÷ 到位',
  reportingRate: '无逾期月报的在建项目 ÷ 应报月报的项目',
  findingsHandled: '已办结的疑点 ÷ 存在的疑点',
} as const;
export type DerivedMeasure = keyof typeof DERIVED_MEASURES;
/** Measures whose parts are amounts in fen; those of the others are numbers of things. */
const OF_MONEY: ReadonlySet<DerivedMeasure> = new Set(['disbursementRate', 'paymentRate']);

export interface SheetItem {
  id: string;
  group: string;
  title: string;
  /** Most points of the item; whole. */
  weight: number;
  /** Derived: weight × share, at most the weight. Judged: points of an evaluator, with evidence. */
  scoring: { kind: 'derived'; measure: DerivedMeasure } | { kind: 'judged'; method: string };
  /** What the points must rest on. */
  evidence: string;
}

export interface SheetTemplate {
  id: string;
  version: number;
  title: string;
  /** Printed under the title. */
  note: string;
  items: readonly SheetItem[];
}

/** How an item comes to its points, for people. */
export function howScored({ scoring }: SheetItem): { kind: SheetItem['scoring']['kind']; how: string } {
  const how = scoring.kind === 'judged' ? scoring.method : DERIVED_MEASURES[scoring.measure];
  return { kind: scoring.kind, how };
}

export const isOfMoney = ({ scoring }: SheetItem): boolean =>
  scoring.kind === 'derived' && OF_MONEY.has(scoring.measure);

const derived = (
  id: string,
  group: string,
  title: string,
  weight: number,
  measure: DerivedMeasure,
): SheetItem => ({
  id,
  group,
  title,
  weight,
  scoring: { kind: 'derived', measure },
  evidence: `由本快照计算（${DERIVED_MEASURES[measure]}）`,
});
const judged = (
  id: string,
  group: string,
  title: string,
  weight: number,
  method: string,
  evidence: string,
): SheetItem => ({ id, group, title, weight, scoring: { kind: 'judged', method }, evidence });

export const DEFAULT_SHEET: SheetTemplate = {
  id: 'capability-default',
  version: 1,
  title: '“一老一小”服务能力评价表',
  note: '本系统拟定，待主管部门确认',
  items: [
    derived('A1', '规划目标', '年度指标完成情况', 20, 'indicatorsReached'),
    derived('B1', '项目推进', '项目开工率', 10, 'startRate'),
    derived('B2', '项目推进', '项目投用率', 15, 'inUseRate'),
    derived('C1', '资金管理', '资金拨付率', 5, 'disbursementRate'),
    derived('C2', '资金管理', '资金支付率', 10, 'paymentRate'),
    derived('D1', '调度监管', '月度进展报送', 5, 'reportingRate'),
    derived('D2', '调度监管', '疑点处理', 5, 'findingsHandled'),
    judged('E1', '组织保障', '工作机制与责任落实', 10, '查阅文件后打分', '领导机制、任务分解与考核文件'),
    judged('E2', '组织保障', '要素保障', 5, '查阅文件后打分', '土地、资金、人才的保障文件'),
    judged('F1', '服务成效', '服务质量与安全', 10, '实地查看后打分', '检查记录、整改记录'),
    judged('F2', '服务成效', '群众满意度', 5, '按调查结果打分', '满意度调查报告'),
  ],
};

/** Templates by id and version: old sheets stay, so that old scores keep their meaning. */
export const SHEETS: readonly SheetTemplate[] = [DEFAULT_SHEET];
