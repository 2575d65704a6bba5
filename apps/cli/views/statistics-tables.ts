import { printYuan } from '#libs/kernel/money.js';
import type { RecordedStatistics, StatisticsReport } from '#libs/read-models/statistics/queries.js';
import type { Table } from '../output/table.js';
import { NONE } from './cells.js';

export function reportsTable(onDay: string, reports: readonly StatisticsReport[]): Table {
  return {
    title: `统计上报情况，截至 ${onDay}`,
    columns: ['地区', '报告期', '单位', '截止日', '状态', '首次上报', '情况'].map((header) => ({ header })),
    rows: reports.map(
      ({ region, period, unit, deadline, status, firstSubmittedOn, late, missing, returnReason }) => [
        region.label,
        period,
        unit,
        deadline,
        status.label,
        firstSubmittedOn ?? NONE,
        [missing && '未报', late && '迟报', returnReason && `退回：${returnReason}`]
          .filter(Boolean)
          .join('；') || NONE,
      ],
    ),
  };
}

export function figuresTable({ region, period, figures }: RecordedStatistics): Table {
  return {
    title: `${region.label} ${period} 已审核的统计数`,
    columns: [
      { header: '指标' },
      { header: '数值', align: 'right' },
      ...['单位', '上报单位', '数据来源', '依据'].map((header) => ({ header })),
    ],
    rows: figures.map(({ figure, value, unit, reportedBy, source, documentNumber }) => [
      figure.label,
      value === null ? '不详' : unit === '分' ? printYuan(BigInt(value)) : value,
      unit === '分' ? '元' : unit,
      reportedBy,
      source,
      documentNumber ?? NONE,
    ]),
  };
}

export function comparisonTable({ region, period, comparisons }: RecordedStatistics): Table {
  const right = (header: string) => ({ header, align: 'right' as const });
  return {
    title: `${region.label} ${period} 年末：统计数与设施合计`,
    columns: [
      ...['指标', '口径'].map((header) => ({ header })),
      ...['统计', '设施合计', '未列口径', '差异'].map(right),
      { header: '说明' },
    ],
    rows: comparisons.map(({ label, scope, recorded, derived, unscoped, difference, explanations }) => [
      label,
      scope.label,
      recorded ?? NONE,
      derived,
      unscoped === '0' ? NONE : unscoped,
      difference ?? NONE,
      explanations.map(({ explanation }) => explanation).join('；') || NONE,
    ]),
    notes: [
      '差异 = 统计 − 设施合计 − 未列口径，与规则 C3 相同；设施合计为方案的基期数加此后项目的增减，既有设施未登记的会少。',
    ],
  };
}
