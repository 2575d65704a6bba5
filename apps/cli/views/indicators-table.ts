import type { IndicatorPart, RegionIndicators } from '#libs/read-models/indicators/queries.js';
import type { Column, Table } from '../output/table.js';
import { NONE } from './cells.js';

const right = (header: string): Column => ({ header, align: 'right' });

/** One row an indicator: the value with both parts of it and the day each speaks of. */
export function indicatorsTable({ region, year, items }: RegionIndicators): Table {
  return {
    title: `指标：${region.name} ${year} 年末`,
    columns: [
      { header: '指标', maxWidth: 36 },
      right('值'),
      { header: '单位' },
      right('分子'),
      { header: '时点' },
      right('分母'),
      { header: '时点' },
      { header: '口径', maxWidth: 36 },
      { header: '说明', maxWidth: 50 },
    ],
    rows: items.map(({ indicator, value, numerator, denominator, why }) => [
      indicator.name,
      value?.printed ?? '未知',
      indicator.unit,
      ends(numerator),
      numerator.asOf ?? NONE,
      denominator ? ends(denominator) : NONE,
      denominator?.asOf ?? NONE,
      indicator.scope,
      why ?? numerator.explanation,
    ]),
    notes: ['依据的文件、位置和事件见 --json。'],
  };
}

/** 12559, or both ends. */
export function ends({ low, high }: IndicatorPart): string {
  if (low === null) return '未知';
  if (high === null) return `≥${low}`;
  return low === high ? low : `${low}–${high}`;
}
