import type { Schema } from '../../api/paths.js';
import type { Unit } from '../../parts/amount.js';

type Ledger = Schema<'Ledger'>;
type Amounts = Record<string, { fen: string }>;

/** Colours that are told apart in grey too, each with its own name in the legend; the last is for 来源未列. */
export const PALETTE = [
  '#0f5b6e',
  '#d08a1d',
  '#5b8c5a',
  '#8a4f7d',
  '#3f72af',
  '#b5533c',
  '#7a7a52',
  '#2a9d8f',
  '#9c6644',
  '#6d597a',
  '#e0b04c',
  '#86a8cf',
  '#a3c293',
  '#d99a8b',
];
export const UNSOURCED_COLOUR = '#b9c2c7';

export const FUNNEL = [
  ['applied', '申请'],
  ['allocated', '下达'],
  ['disbursed', '拨付'],
  ['received', '到位'],
  ['paid', '支付'],
] as const;

/** Only the length of a bar; the figure itself is printed from fen. */
export function barLength(fen: string, unit: Unit): number {
  return Number(BigInt(fen)) / (unit === '元' ? 100 : 1_000_000);
}

export interface SourceByYear {
  years: { key: string; label: string }[];
  sources: { key: string; label: string; fen: string[] }[];
}

const NO_YEAR = 'none';
export type YearDimension = 'plannedUseYear' | 'year';

/**
 * Planned investment by year and source, what no source is named for as the last one.
 * @param bySource rows grouped by the year and the source
 * @param byYear rows grouped by the year alone, for 来源未列; left out where the year is a budget year
 */
export function sourceByYear(
  bySource: Ledger,
  byYear: Ledger | undefined,
  dimension: YearDimension,
): SourceByYear {
  const yearOf = (row: Ledger['rows'][number]): string => String(row[dimension] ?? NO_YEAR);
  const keys = [...new Set([...bySource.rows, ...(byYear?.rows ?? [])].map(yearOf))].toSorted();
  const fen = new Map<string, string>();
  const labels = new Map<string, string>();
  for (const row of bySource.rows) {
    if (!row.source) continue;
    labels.set(row.source.key, row.source.label);
    fen.set(`${row.source.key} ${yearOf(row)}`, (row.amounts as unknown as Amounts)['planned']?.fen ?? '0');
  }
  for (const row of byYear?.rows ?? []) fen.set(`Unsourced ${yearOf(row)}`, row.unsourced?.fen ?? '0');
  if (byYear) labels.set('Unsourced', '来源未列');
  const sources = [...labels].map(([key, label]) => ({
    key,
    label,
    fen: keys.map((year) => fen.get(`${key} ${year}`) ?? '0'),
  }));
  return {
    years: keys.map((key) => ({ key, label: key === NO_YEAR ? '未列年份' : `${key}年` })),
    sources: sources.filter((source) => source.fen.some((one) => one !== '0')),
  };
}

const AXIS = { axisLabel: { color: '#4d606a' }, axisLine: { lineStyle: { color: '#a9b8bf' } } };
const FONT = { textStyle: { fontFamily: 'Noto Sans SC Variable, sans-serif' } };
const TOOLTIP = { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } } as const;

export function stackedOption({ years, sources }: SourceByYear, unit: Unit): Record<string, unknown> {
  return {
    ...FONT,
    color: PALETTE,
    grid: { left: 8, right: 8, top: 42, bottom: 4, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0 },
    tooltip: TOOLTIP,
    xAxis: { type: 'category', data: years.map(({ label }) => label), ...AXIS },
    yAxis: { type: 'value', ...AXIS },
    series: sources.map(({ key, label, fen }) => ({
      id: key,
      name: label,
      type: 'bar',
      stack: 'sources',
      barMaxWidth: 56,
      ...(key === 'Unsourced' && { itemStyle: { color: UNSOURCED_COLOUR } }),
      data: fen.map((one) => barLength(one, unit)),
    })),
  };
}

export function funnelOption(total: Ledger['total'], unit: Unit): Record<string, unknown> {
  const amounts = total.amounts as unknown as Amounts;
  return {
    ...FONT,
    grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
    tooltip: TOOLTIP,
    xAxis: { type: 'value', ...AXIS },
    yAxis: { type: 'category', inverse: true, data: FUNNEL.map(([, label]) => label), ...AXIS },
    series: [
      {
        id: 'funnel',
        name: '金额',
        type: 'bar',
        barMaxWidth: 30,
        itemStyle: { color: PALETTE[0] },
        data: FUNNEL.map(([stage]) => barLength(amounts[stage]?.fen ?? '0', unit)),
      },
    ],
  };
}

type Years = Schema<'YearlyCounts'>['total'];
export type CountKind = 'beds' | 'places';

/** Planned as a range (certain part and what is up to the upper end), with what came into use beside it. */
export function countsOption(years: Years, kind: CountKind): Record<string, unknown> {
  const rows = years.filter(({ year }) => year !== null);
  const bar = (
    id: string,
    name: string,
    colour: string,
    data: number[],
    stack?: string,
  ): Record<string, unknown> => ({
    id,
    name,
    type: 'bar',
    barMaxWidth: 34,
    itemStyle: { color: colour },
    data,
    ...(stack !== undefined && { stack }),
  });
  return {
    ...FONT,
    grid: { left: 8, right: 8, top: 42, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: TOOLTIP,
    xAxis: { type: 'category', data: rows.map(({ year }) => `${year}年`), ...AXIS },
    yAxis: { type: 'value', minInterval: 1, ...AXIS },
    series: [
      bar(
        'planned',
        '计划(下限)',
        '#87b0ba',
        rows.map(({ counts }) => counts[kind].planned.low),
        'planned',
      ),
      bar(
        'range',
        '计划(至上限)',
        '#d3e4e8',
        rows.map(({ counts }) => counts[kind].planned.high - counts[kind].planned.low),
        'planned',
      ),
      bar(
        'commissioned',
        '当年投用',
        '#0f5b6e',
        rows.map(({ counts }) => counts[kind].commissioned),
      ),
    ],
  };
}

/** 200, 350–450. */
export function rangeText({ low, high }: { low: number; high: number }): string {
  return low === high ? String(low) : `${low}–${high}`;
}

/** The years that a chart of counts covers: those with planned projects, and this one. */
export function yearsCovered(
  keys: readonly (string | null)[],
  thisYear: number,
): { from: number; to: number } {
  const years = [...keys.flatMap((key) => (key === null ? [] : Number(key))), thisYear];
  return {
    from: Math.max(Math.min(...years), thisYear - 10),
    to: Math.min(Math.max(...years), thisYear + 10),
  };
}
