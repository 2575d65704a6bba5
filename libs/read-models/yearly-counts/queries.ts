import type { CapacityKind } from '#libs/kernel/capacity.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import type { Page, PageRequest } from '../paging.js';
import { plansProjection } from '../plans/projection.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled, RegionSet } from '../views.js';
import { yearlyCountsProjection } from './projection.js';

export interface CapacityFilter extends AsOf {
  /** Projects that stand in the division or inside it, each once. */
  region?: RegionCode;
  /** Projects that stand in exactly these divisions: a group of `groupBy: region`. */
  regionSet?: readonly RegionCode[];
  category?: ProjectCategory;
}

/** Stock at the end of a year, as a plan states it exactly. */
export interface CountBaseline {
  year: number;
  count: number;
  planId: string;
  eventId: string;
}

/** Counts of one kind in one year. */
export interface YearlyCount {
  /** Projects planned to come into use in the year (not withdrawn), by the year of 投入使用时间. */
  planned: {
    /** Sum of the low ends of the printed counts; of the exact ones where there is no range. */
    low: number;
    high: number;
    /** Projects that should have this kind by their category and print no count: unknown, not zero. */
    unknownProjects: number;
    /** Projects that print a count or should have one. */
    projects: number;
  };
  /** In use from this year on: what projects were commissioned with. */
  commissioned: number;
  /** Net change of projects in use. */
  changed: number;
  decommissioned: number;
  /** At 31 December: the baseline + commissioned + changed − decommissioned of the years after it; without one, of all years. */
  stockAtYearEnd: number;
  /**
   * What the stock counts from: the latest that a plan of the region states until this year. null: none is recorded, or
   * a part of the projects was asked for, and the stock counts from zero.
   */
  baseline: CountBaseline | null;
}

export interface YearRow {
  /** null: projects whose year of use is unknown; only their planned counts can be told. Always the last row. */
  year: number | null;
  counts: Record<CapacityKind, YearlyCount>;
}

/** One property, as asked; the category is null and the region empty while nothing but movements of a project is known. */
export interface YearlyCountGroup {
  region?: RegionSet;
  category?: Labelled<ProjectCategory> | null;
  years: YearRow[];
}

export interface YearlyCounts {
  from: number;
  to: number;
  /** One for each region set or category that has projects; empty if nothing is grouped. */
  groups: YearlyCountGroup[];
  /** Every year from `from` to `to`, each project once. */
  total: YearRow[];
}

/** Beds and places by year, planned beside actual. @throws Refusal `yearlyCounts.badYears`, `asOf.unreadable` */
export class YearlyCountsQuery extends ReadModelQuery<YearlyCounts> {
  constructor(
    readonly params: CapacityFilter & {
      from: number;
      to: number;
      groupBy?: 'region' | 'category' | 'none';
    },
  ) {
    super(yearlyCountsProjection, plansProjection);
  }
}

/** Which figure of a `YearlyCount` is asked about. `unknown` means `planned.unknownProjects`. */
export const COUNT_FIGURES = [
  'planned',
  'unknown',
  'commissioned',
  'changed',
  'decommissioned',
  'stock',
] as const;
export type CountFigure = (typeof COUNT_FIGURES)[number];

/** One event behind a figure. */
export interface YearlyCountEntry {
  eventId: string;
  position: string;
  eventType: string;
  project: { id: string; name: string };
  kind: CapacityKind;
  /** What the event adds to stock or takes from it; null for planned counts. */
  delta: number | null;
  /** The planned count the event printed; null for actual counts and where unknown. */
  planned: { low: number; high: number } | null;
  effectiveDate: PartialDate;
  recordedAt: string;
  /** The event that this one takes back; null for all but reversals. */
  reverses: string | null;
}

/** The events behind a figure, in the order recorded. @throws Refusal `paging.badCursor`, `paging.badLimit` */
export class YearlyCountEntriesQuery extends ReadModelQuery<Page<YearlyCountEntry>> {
  constructor(
    readonly params: CapacityFilter & {
      figure: CountFigure;
      kind: CapacityKind;
      year: number | null;
    } & PageRequest,
  ) {
    super(yearlyCountsProjection, plansProjection);
  }
}
