import { printYuan } from '#libs/kernel/money.js';
import { commonRegion, type RegionCode } from '#libs/kernel/regions.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { COST_MEASURES, type Cohort, type CohortKey, type CostMeasure } from '../cohorts.js';
import type { Day } from '../days.js';
import { DETAILS, detailEvents, isWithdrawn, sinceEvents, type Dossier } from '../dossier.js';
import { failsBy, notApplicable, PASS, type FindingItem, type Outcome } from '../outcome.js';
import type { Parameters } from '../parameters.js';
import {
  compare,
  fromDecimal,
  over,
  printed,
  rational,
  times,
  type Rational,
} from '#libs/kernel/rational.js';
import type { Rule } from '../rule.js';

export const c2: Rule = {
  id: 'C2',
  version: 1,
  category: 'capacity',
  subject: 'project',
  severity: 'warning',
  title: '单位造价偏离同类项目',
  basis: '同类项目的单位造价分布（统计比较，供核实，不是违规结论）',
  reads: [...DETAILS, 'ProjectWithdrawn'],
  parameters: ['C2.lowestShareOfMedian', 'C2.highestShareOfMedian', 'C2.leastProjects'],
  evaluate(dossier, parameters, cohorts) {
    const own = comparableOf(dossier);
    if (!own) return NOT_COMPARABLE;
    return costOutcome(own, costKind(own, cohorts(own.cohort), parameters), parameters);
  },
};

export const NOT_COMPARABLE = notApplicable('总投资或规模未知，或项目已终止（调出）');

/** What of a project is compared: plain JSON, so that a cohort can be kept without its dossiers. */
export interface Comparable {
  cohort: CohortKey;
  regions: readonly RegionCode[];
  measure: CostMeasure;
  /** Decimal text in units of the measure. */
  units: string;
  totalFen: string;
  /** From when it is known, and by which events. */
  since: Day;
  events: string[];
}

/**
 * One measure a project: the floor area where it is known, since it is what is built; a hospital wing of 20,000 m²
 * with 100 beds is no dear bed. A range of beds says no number.
 */
export function comparableOf(dossier: Dossier): Comparable | undefined {
  const { details } = dossier;
  if (details?.totalInvestmentFen === undefined || isWithdrawn(dossier)) return undefined;
  const measured = unitsOf(details);
  if (!measured || details.totalInvestmentFen === '0') return undefined;
  const prefecture = (commonRegion(details.regions) ?? '').slice(0, 4);
  const events = detailEvents(dossier, 'totalInvestmentFen', 'floorAreaM2', 'plannedCapacity', 'category');
  return {
    cohort: `${details.category}/${prefecture}/${measured.measure}`,
    regions: details.regions,
    ...measured,
    totalFen: details.totalInvestmentFen,
    since: sinceEvents(dossier, events),
    events,
  };
}

function unitsOf({ floorAreaM2, plannedCapacity }: ProjectDetails):
  | {
      measure: CostMeasure;
      units: string;
    }
  | undefined {
  if (floorAreaM2 !== undefined && fromDecimal(floorAreaM2).part > 0n) {
    return { measure: 'floorAreaM2', units: floorAreaM2 };
  }
  for (const measure of ['beds', 'places'] as const) {
    const count = plannedCapacity[measure];
    if (count && count.low === count.high && count.low > 0) return { measure, units: String(count.low) };
  }
  return undefined;
}

/** Fen per unit. */
export const unitCostOf = ({ totalFen, units }: Pick<Comparable, 'totalFen' | 'units'>): Rational =>
  over(rational(BigInt(totalFen), 1n), fromDecimal(units));

export function costKind(
  own: Comparable,
  cohort: Cohort | undefined,
  parameters: Parameters,
): Outcome['kind'] {
  return kindIn(costBand(cohort, costLimits(own.since, parameters)), unitCostOf(own));
}

/** What decides over a cost, as it was in force on a day. */
export interface CostLimits {
  leastProjects: number;
  lowestShare: Rational;
  highestShare: Rational;
}

export const costLimits = (day: Day, parameters: Parameters): CostLimits => ({
  leastProjects: parameters.whole('C2.leastProjects', day),
  lowestShare: parameters.decimal('C2.lowestShareOfMedian', day),
  highestShare: parameters.decimal('C2.highestShareOfMedian', day),
});

/** Costs from lowest to highest pass; undefined where too few are compared. */
export type CostBand = { lowest: Rational; highest: Rational } | undefined;

export function costBand(cohort: Cohort | undefined, limits: CostLimits): CostBand {
  if (!cohort || cohort.projects < limits.leastProjects) return undefined;
  return {
    lowest: times(cohort.median, limits.lowestShare),
    highest: times(cohort.median, limits.highestShare),
  };
}

export function kindIn(band: CostBand, cost: Rational): Outcome['kind'] {
  if (!band) return 'notApplicable';
  return compare(cost, band.lowest) >= 0 && compare(cost, band.highest) <= 0 ? 'pass' : 'fail';
}

/** What the project itself says to the kind of outcome: the same as long as its own facts are. */
export function costOutcome(own: Comparable, kind: Outcome['kind'], parameters: Parameters): Outcome {
  if (kind === 'pass') return PASS;
  const least = parameters.whole('C2.leastProjects', own.since);
  if (kind === 'notApplicable') return notApplicable(`同类可比项目不足 ${least} 个`);
  const { part, of } = unitCostOf(own);
  const unit = COST_MEASURES[own.measure];
  return failsBy([
    {
      steps: [{ severity: 'warning', from: own.since }],
      figures: {
        cohort: own.cohort,
        measure: own.measure,
        totalFen: own.totalFen,
        units: own.units,
        unitCostWan: wanText(part, of),
      },
      events: own.events,
      sentence:
        `总投资 ${printYuan(BigInt(own.totalFen))} 元 ÷ ${own.units} ${unit} = ` +
        `每${unit} ${wanText(part, of)} 万元`,
    },
  ]);
}

/** The item with the cohort it was compared with: that moves with every project, so it is added when it is shown. */
export function besideCohort(item: FindingItem, cohort: Cohort): FindingItem {
  const { median, projects } = cohort;
  const [category] = (item.figures['cohort'] ?? '').split('/');
  const label = PROJECT_CATEGORIES[category as keyof typeof PROJECT_CATEGORIES];
  const medianCostWan = wanText(median.part, median.of);
  return {
    ...item,
    figures: { ...item.figures, medianCostWan, projects: String(projects) },
    sentence: `${item.sentence}；同类（${label}，${projects} 个）中位数 ${medianCostWan} 万元`,
  };
}

/** 万元 with four decimals, from fen as a fraction. */
function wanText(part: bigint, of: bigint): string {
  return printed({ part, of: of * 1_000_000n }, 4);
}
