import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import type { BaselineFinder } from './baselines.js';
import type { YearlyCount, YearRow } from './queries.js';

/** Figures of one group, year and kind, planned or actual, as the statement returns them. */
export interface RawCount {
  group: string;
  year: number | null;
  kind: CapacityKind;
  low: number;
  high: number;
  unknown: number;
  projects: number;
  commissioned: number;
  changed: number;
  decommissioned: number;
}

/** Every year from `from` to `to` with its stock, which counts all years since its baseline; then the row without a year. */
export function yearRows(
  raw: readonly RawCount[],
  from: number,
  to: number,
  baselineOf: BaselineFinder = () => undefined,
): YearRow[] {
  const dated = raw.filter((row): row is RawCount & { year: number } => row.year !== null);
  const stockOf = (kind: CapacityKind, year: number): Stock => {
    const baseline = baselineOf(kind, year);
    const since = dated.filter(
      (row) => row.kind === kind && row.year <= year && row.year > (baseline?.year ?? 0),
    );
    const stockAtYearEnd = since.reduce(
      (sum, { commissioned, changed, decommissioned }) => sum + commissioned + changed - decommissioned,
      baseline?.count ?? 0,
    );
    return { stockAtYearEnd, baseline: baseline ?? null };
  };
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i).map((year): YearRow => {
    const rows = dated.filter((row) => row.year === year);
    return { year, counts: countsOf(rows, (kind) => stockOf(kind, year)) };
  });
  const undated = raw.filter(({ year }) => year === null);
  return [...years, { year: null, counts: countsOf(undated, (kind) => stockOf(kind, to)) }];
}

type Stock = Pick<YearlyCount, 'stockAtYearEnd' | 'baseline'>;

function countsOf(
  rows: readonly RawCount[],
  stockOf: (kind: CapacityKind) => Stock,
): Record<CapacityKind, YearlyCount> {
  const entries = CAPACITY_KINDS.map((kind) => {
    const ofKind = rows.filter((row) => row.kind === kind);
    const sum = (figure: keyof Omit<RawCount, 'group' | 'year' | 'kind'>) =>
      ofKind.reduce((total, row) => total + row[figure], 0);
    const planned = {
      low: sum('low'),
      high: sum('high'),
      unknownProjects: sum('unknown'),
      projects: sum('projects'),
    };
    const count: YearlyCount = {
      planned,
      commissioned: sum('commissioned'),
      changed: sum('changed'),
      decommissioned: sum('decommissioned'),
      ...stockOf(kind),
    };
    return [kind, count] as const;
  });
  return Object.fromEntries(entries) as Record<CapacityKind, YearlyCount>;
}
