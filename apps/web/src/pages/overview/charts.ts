import type { RouteLocationRaw } from 'vue-router';
import { FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { Schema } from '../../api/paths.js';
import type { Unit } from '../../parts/amount.js';

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

export type Overview = Schema<'Overview'>;
export type YearDimension = 'plannedUseYear' | 'year';

export interface SourceByYear {
  years: { key: string; label: string }[];
  sources: { key: string; label: string; fen: string[] }[];
}

export const NO_YEAR = 'none';
export const UNSOURCED = 'Unsourced';

/** Planned investment by year and source; by year of use with what no source is named for as the last one. */
export function sourceByYear(
  { byUseYear, byBudgetYear }: Pick<Overview, 'byUseYear' | 'byBudgetYear'>,
  dimension: YearDimension,
): SourceByYear {
  const rows = dimension === 'year' ? byBudgetYear : byUseYear;
  const unsourced = dimension === 'year' ? [] : byUseYear.map((row) => row.unsourced?.fen ?? '0');
  const labels = new Map(
    (Object.entries(FUNDING_SOURCES) as [string, string][]).filter(([key]) =>
      rows.some(({ planned }) => planned.some(({ source }) => source.key === key)),
    ),
  );
  const sources = [...labels].map(([key, label]) => ({
    key,
    label,
    fen: rows.map(({ planned }) => planned.find(({ source }) => source.key === key)?.amount.fen ?? '0'),
  }));
  if (unsourced.some((fen) => fen !== '0'))
    sources.push({ key: UNSOURCED, label: '来源未列', fen: unsourced });
  return {
    years: rows.map(({ year }) => ({
      key: String(year ?? NO_YEAR),
      label: year === null ? '未列年份' : `${year}年`,
    })),
    sources,
  };
}

/** The rows behind a bar: journal lines of what was planned; of 来源未列 the projects that lack it. */
export function behindBar(dimension: YearDimension, source: string, year: string): RouteLocationRaw {
  if (source !== UNSOURCED)
    return { path: '/journal', query: { stage: 'planned', source, [dimension]: year } };
  const ofYear = year === NO_YEAR ? {} : { plannedUseYear: year };
  return { path: '/projects', query: { ...ofYear, sort: 'unsourced', descending: 'true' } };
}

/** The events behind a count of beds or places; `figure` as the API names it. */
export function behindCount(kind: CountKind, figure: string, year: number | null): RouteLocationRaw {
  return { path: '/capacity', query: { kind, figure, year: String(year ?? NO_YEAR) } };
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
      ...(key === UNSOURCED && { itemStyle: { color: UNSOURCED_COLOUR } }),
      data: fen.map((one) => barLength(one, unit)),
    })),
  };
}

export function funnelOption(total: Overview['total'], unit: Unit): Record<string, unknown> {
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

type Years = Overview['counts']['years'];
export type CountKind = 'beds' | 'places';

/** The figure that a bar or a column of the counts shows, by its name for the rows behind it. */
export const COUNT_COLUMNS = [
  ['unknown', '规模未知（项目）'],
  ['commissioned', '当年投用'],
  ['changed', '变动'],
  ['decommissioned', '停用'],
  ['stock', '年末存量'],
] as const;

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
        '计划（下限）',
        '#87b0ba',
        rows.map(({ counts }) => counts[kind].planned.low),
        'planned',
      ),
      bar(
        'planned-range',
        '计划（至上限）',
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
