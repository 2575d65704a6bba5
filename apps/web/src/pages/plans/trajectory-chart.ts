import type { EChartsCoreOption } from 'echarts/core';
import { STAGES, type TrajectoryYear } from './trajectory.js';

const COLOURS = { accepted: '#1d6b3a', underConstruction: '#d08a1d', pooled: '#8fb4d9' } as const;

/** Year-end stock that was counted; null: not known. */
export interface Stock {
  year: number;
  count: number | null;
}

/** Bars of what would be in use, the needed number as diamonds, the counted stock as a line. Patterns beside colours. */
export function trajectoryOption(
  rows: readonly TrajectoryYear[],
  existing: number,
  stocks: readonly Stock[],
): EChartsCoreOption {
  const years = [...new Set([...rows, ...stocks].map(({ year }) => year))].toSorted((a, b) => a - b);
  const rowOf = (year: number): TrajectoryYear | undefined => rows.find((row) => row.year === year);
  const bars = (name: string, color: string, of: (row: TrajectoryYear) => number): object => ({
    id: name,
    name,
    type: 'bar',
    stack: 'planned',
    barMaxWidth: 64,
    itemStyle: { color },
    data: years.map((year) => {
      const row = rowOf(year);
      return row ? of(row) : '-';
    }),
  });
  return {
    textStyle: { fontFamily: 'Noto Sans SC Variable, sans-serif' },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 8, right: 16, top: 64, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: years.map((year) => `${year}年`), axisLabel: { color: '#4d606a' } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#4d606a' } },
    series: [
      bars('现有', '#0f5b6e', () => existing),
      ...STAGES.map(([stage, label]) => bars(label, COLOURS[stage], (row) => row[stage])),
      bars('规划为区间的上限部分', '#d3e4e8', ({ range }) => range),
      {
        id: 'needed',
        name: '目标需达到',
        type: 'line',
        symbol: 'diamond',
        symbolSize: 14,
        lineStyle: { type: 'dashed', width: 1 },
        itemStyle: { color: '#a3271c' },
        connectNulls: true,
        data: years.map((year) => rowOf(year)?.needed ?? '-'),
      },
      {
        id: 'stock',
        name: '年末实有',
        type: 'line',
        symbol: 'circle',
        symbolSize: 8,
        itemStyle: { color: '#16242b' },
        data: years.map((year) => stocks.find((stock) => stock.year === year)?.count ?? '-'),
      },
    ],
  };
}
