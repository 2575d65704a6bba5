import type { RegionCode } from '#libs/kernel/regions.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf } from '../views.js';
import { INDICATOR_PROJECTIONS } from './projections.js';
import type { ComputedValue, IndicatorAnswer } from './queries.js';

/** Indicators of a region and of the divisions one level below it, beside each other. */
export interface IndicatorComparison {
  year: number;
  indicators: IndicatorAnswer['indicator'][];
  /** The region itself first, then its divisions by code. */
  rows: {
    region: { code: RegionCode; name: string };
    /** In the order of `indicators`; null: not known, and `why` says what is missing. */
    values: { value: ComputedValue | null; why: string | null }[];
  }[];
}

/** Divisions are those that a project stands in or that a plan prints a figure about. @throws Refusal `asOf.unreadable` */
export class IndicatorComparisonQuery extends ReadModelQuery<IndicatorComparison> {
  constructor(readonly params: AsOf & { region: RegionCode; year: number }) {
    super(...INDICATOR_PROJECTIONS);
  }
}
