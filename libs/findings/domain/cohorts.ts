import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { inLowestTerms, middle, type Rational } from '#libs/kernel/rational.js';

/** What a project is measured by: m² where the floor area is known, else beds or places. */
export const COST_MEASURES = { floorAreaM2: '平方米', beds: '床', places: '托位' } as const;
export type CostMeasure = keyof typeof COST_MEASURES;

/** Projects that are compared with each other: one category, one prefecture, one measure. */
export type CohortKey = `${ProjectCategory}/${string}/${CostMeasure}`;

/** How the costs of a cohort lie: enough to judge any member. */
export interface Cohort {
  projects: number;
  /** In lowest terms: which of several equal costs stands in the middle must not show. */
  median: Rational;
}
export type Cohorts = (key: CohortKey) => Cohort | undefined;

/** The cohort of these costs, which must be in order; undefined without any. */
export function cohortOf(sorted: readonly Rational[]): Cohort | undefined {
  const n = sorted.length;
  const [lower, upper] = [sorted[(n - 1) >> 1], sorted[n >> 1]];
  if (!lower || !upper) return undefined;
  return { projects: n, median: inLowestTerms(middle(lower, upper)) };
}
