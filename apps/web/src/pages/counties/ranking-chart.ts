import type { EChartsCoreOption } from 'echarts/core';
import { lengthOf, type Ranked } from './ranking.js';

/** Bars from the best down; those without a rank are paler and hatched, and the axis says so. */
export function rankingOption(rows: readonly Ranked[], name: string): EChartsCoreOption {
  return {
    textStyle: { fontFamily: 'Noto Sans SC Variable, sans-serif' },
    grid: { left: 8, right: 64, top: 8, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'value', axisLabel: { color: '#4d606a' } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ row, rank }) => `${rank ?? '未排名'} ${row.region.name}`),
      axisLabel: { color: '#16242b', width: 150, overflow: 'truncate' },
    },
    series: [
      {
        id: 'value',
        name,
        type: 'bar',
        barMaxWidth: 26,
        label: {
          show: true,
          position: 'right',
          color: '#16242b',
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            rows[dataIndex]?.value.value?.printed ?? '未知',
        },
        data: rows.map(({ value, rank }) => ({
          value: lengthOf(value),
          itemStyle:
            rank === undefined
              ? {
                  color: '#d3e4e8',
                  decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 },
                }
              : { color: '#0f5b6e' },
        })),
      },
    ],
  };
}
