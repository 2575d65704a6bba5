import type { EChartsCoreOption } from 'echarts/core';
import { barLength } from '../overview/charts.js';
import type { Ageing } from './words.js';

/** From the youngest to the oldest: darker is older, and the legend names each. */
const SHADES = ['#9fc7d0', '#5f9fae', '#2f7a8c', '#0f5b6e', '#8a5300', '#a3271c'];

/** Bars by stage, stacked by age. */
export function ageingOption({ classes, totals }: Ageing): EChartsCoreOption {
  return {
    textStyle: { fontFamily: 'Noto Sans SC Variable, sans-serif' },
    grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0 },
    tooltip: { trigger: 'item', renderMode: 'richText' },
    xAxis: { type: 'value' },
    yAxis: { type: 'category', inverse: true, data: totals.map(({ stage }) => stage.label) },
    series: classes.map(({ label }, n) => ({
      id: String(n),
      name: label,
      type: 'bar',
      stack: 'age',
      itemStyle: { color: SHADES[Math.min(n, SHADES.length - 1)] },
      data: totals.map(({ amounts }) => barLength(amounts[n]!.fen, '万元')),
    })),
  };
}
