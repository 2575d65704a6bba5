import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
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

/** Every year from `from` to `to` with its stock, which counts all years before too; then the row without a year. */
export function yearRows(raw: readonly RawCount[], from: number, to: number): YearRow[] {
  const stock = new Map<CapacityKind, number>(CAPACITY_KINDS.map((kind) => [kind, 0]));
  const addToStock = (rows: readonly RawCount[]) => {
    for (const { kind, commissioned, changed, decommissioned } of rows) {
      stock.set(kind, stock.get(kind)! + commissioned + changed - decommissioned);
    }
  };
  addToStock(raw.filter(({ year }) => year !== null && year < from));
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i).map((year): YearRow => {
    const rows = raw.filter((row) => row.year === year);
    addToStock(rows);
    return { year, counts: countsOf(rows, (kind) => stock.get(kind)!) };
  });
  const undated = raw.filter(({ year }) => year === null);
  return [...years, { year: null, counts: countsOf(undated, (kind) => stock.get(kind)!) }];
}

function countsOf(
  rows: readonly RawCount[],
  stockOf: (kind: CapacityKind) => number,
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
      stockAtYearEnd: stockOf(kind),
      baseline: null,
    };
    return [kind, count] as const;
  });
  return Object.fromEntries(entries) as Record<CapacityKind, YearlyCount>;
}
