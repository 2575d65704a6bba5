import { printYuan } from '#libs/kernel/money.js';
import { commonRegion } from '#libs/kernel/regions.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { COST_MEASURES, type Cohort, type CostMeasure, type UnitCost } from '../cohorts.js';
import { detailEvents, isWithdrawn, sinceEvents, type Dossier } from '../dossier.js';
import { failsBy, notApplicable, PASS, type FindingItem } from '../outcome.js';
import { compare, fromDecimal, over, printed, rational, times } from '../rational.js';
import type { Rule } from '../rule.js';

export const c2: Rule = {
  id: 'C2',
  version: 1,
  category: 'capacity',
  severity: 'warning',
  title: '单位造价偏离同类项目',
  basis: '同类项目的单位造价分布(统计比较,供核实,不是违规结论)',
  parameters: ['C2.lowestShareOfMedian', 'C2.highestShareOfMedian', 'C2.leastProjects'],
  evaluate(dossier, parameters, cohorts) {
    const own = unitCostOf(dossier);
    if (!own) return notApplicable('总投资或规模未知,或项目已终止(调出)');
    const events = detailEvents(dossier, 'totalInvestmentFen', 'floorAreaM2', 'plannedCapacity', 'category');
    const since = sinceEvents(dossier, events);
    const cohort = cohorts(own.cohort);
    const least = parameters.whole('C2.leastProjects', since);
    if (!cohort || cohort.projects < least) return notApplicable(`同类可比项目不足 ${least} 个`);
    const lowest = times(cohort.median, parameters.decimal('C2.lowestShareOfMedian', since));
    const highest = times(cohort.median, parameters.decimal('C2.highestShareOfMedian', since));
    if (compare(own.cost, lowest) >= 0 && compare(own.cost, highest) <= 0) return PASS;
    return failsBy([
      {
        steps: [{ severity: 'warning', from: since }],
        figures: {
          cohort: own.cohort,
          measure: own.measure,
          totalFen: own.totalFen.toString(),
          units: own.units,
          unitCostWan: wanText(own.cost.part, own.cost.of),
        },
        events,
        sentence:
          `总投资 ${printYuan(own.totalFen)} 元 ÷ ${own.units} ${COST_MEASURES[own.measure]} = ` +
          `每${COST_MEASURES[own.measure]} ${wanText(own.cost.part, own.cost.of)} 万元`,
      },
    ]);
  },
};

/**
 * What a unit of the project costs. One measure a project: the floor area where it is known, since it is what is
 * built; a hospital wing of 20,000 m² with 100 beds is no dear bed. A range of beds says no number.
 */
export function unitCostOf(dossier: Dossier): UnitCost | undefined {
  const { details } = dossier;
  if (details?.totalInvestmentFen === undefined || isWithdrawn(dossier)) return undefined;
  const measured = unitsOf(details);
  const totalFen = BigInt(details.totalInvestmentFen);
  const region = commonRegion(details.regions) ?? '';
  if (!measured || totalFen === 0n) return undefined;
  const { measure, units } = measured;
  return {
    cohort: `${details.category}/${region.slice(0, 4)}/${measure}`,
    measure,
    units,
    totalFen,
    cost: over(rational(totalFen, 1n), fromDecimal(units)),
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

/** The item with the cohort it was compared with: that moves with every project, so it is added when it is shown. */
export function besideCohort(item: FindingItem, cohort: Cohort): FindingItem {
  const { median, projects } = cohort;
  const [category] = (item.figures['cohort'] ?? '').split('/');
  const label = PROJECT_CATEGORIES[category as keyof typeof PROJECT_CATEGORIES];
  const medianCostWan = wanText(median.part, median.of);
  return {
    ...item,
    figures: { ...item.figures, medianCostWan, projects: String(projects) },
    sentence: `${item.sentence};同类(${label},${projects} 个)中位数 ${medianCostWan} 万元`,
  };
}

/** 万元 with four decimals, from fen as a fraction. */
function wanText(part: bigint, of: bigint): string {
  return printed({ part, of: of * 1_000_000n }, 4);
}
