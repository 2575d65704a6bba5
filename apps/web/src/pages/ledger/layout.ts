import { FUND_STAGES, FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import type { ReadQuery, Schema } from '../../api/paths.js';

export type Ledger = Schema<'Ledger'>;
export type LedgerRow = Ledger['rows'][number];
export type Amounts = LedgerRow['amounts'];
export type StageKey = keyof Amounts;

export const DIMENSIONS = {
  region: '地区',
  source: '资金来源',
  year: '预算年度',
  category: '项目类型',
  plannedUseYear: '投入使用年份',
  project: '项目',
} as const;
export type Dimension = keyof typeof DIMENSIONS;

export const STAGES = {
  ...FUND_STAGES,
  carriedIn: '上年结转',
  carriedForward: '结转下年',
} as Record<StageKey, string>;

/** What the page is asked to show: which rows, and as columns either the stages or a dimension for one stage. */
export interface Layout {
  rows: Dimension[];
  across: 'stage' | Dimension;
  stage: StageKey;
}

/** Filters by their names in the API; they are also the keys of the address. */
export const FILTER_KEYS = [
  'year',
  'source',
  'category',
  'plannedUseYear',
  'regionSet',
  'projectId',
] as const;
export type LedgerFilter = Partial<Record<(typeof FILTER_KEYS)[number], string>>;
export type LedgerQuery = ReadQuery<'/api/v1/ledger'>;

const isDimension = (key: string): key is Dimension => Object.hasOwn(DIMENSIONS, key);

/** From `?rows=region,source&across=year&stage=paid`; what makes no sense is as usual. */
export function layoutOf(query: { rows: string; across: string; stage: string }): Layout {
  const asked = query.rows.split(',').filter(isDimension);
  const rows = [...new Set(asked)].slice(0, 2);
  const across = isDimension(query.across) && !rows.includes(query.across) ? query.across : 'stage';
  const stage = Object.hasOwn(STAGES, query.stage) ? (query.stage as StageKey) : 'allocated';
  return { rows: rows.length > 0 ? rows : ['category'], across, stage };
}

/** What one of the row's properties is called; a property that is absent is said to be so. */
export function labelOf(row: LedgerRow, dimension: Dimension): string {
  switch (dimension) {
    case 'region':
      return row.region?.label || '未列地区';
    case 'source':
      return row.source?.label ?? '不分来源';
    case 'year':
      return row.year === null || row.year === undefined ? '未列年度' : String(row.year);
    case 'category':
      return row.category?.label ?? '未列类型';
    case 'plannedUseYear':
      return String(row.plannedUseYear ?? '未列');
    case 'project':
      return row.project?.name ?? '—';
  }
}

/** The filter that gives just this row's money for the dimension; undefined where the API has none. */
export function filterOf(row: LedgerRow, dimension: Dimension): LedgerFilter | undefined {
  switch (dimension) {
    case 'region':
      return row.region?.codes.length ? { regionSet: row.region.codes.join(',') } : undefined;
    case 'source':
      return { source: row.source?.key ?? 'none' };
    case 'year':
      return { year: String(row.year ?? 'none') };
    case 'category':
      return row.category ? { category: row.category.key } : undefined;
    case 'plannedUseYear':
      return { plannedUseYear: String(row.plannedUseYear ?? 'none') };
    case 'project':
      return row.project && { projectId: row.project.id };
  }
}

/** What the filters say, for the line under the heading and for the chips that take them back. */
export function filterLabel(key: keyof LedgerFilter, value: string): string {
  const none = value === 'none';
  switch (key) {
    case 'year':
      return none ? '未列预算年度' : `${value} 预算年度`;
    case 'source':
      return none ? '不分来源' : (FUNDING_SOURCES[value as keyof typeof FUNDING_SOURCES] ?? value);
    case 'category':
      return PROJECT_CATEGORIES[value as keyof typeof PROJECT_CATEGORIES] ?? value;
    case 'plannedUseYear':
      return none ? '未列投入使用年份' : `${value} 年投入使用`;
    case 'regionSet':
      return `区划 ${value}`;
    case 'projectId':
      return '一个项目';
  }
}
