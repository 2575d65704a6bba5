import { grouped } from '#libs/kernel/grouped.js';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { targetsOfPlan } from '#libs/read-models/plans/plan-targets.handler.js';
import { tasksOf } from '#libs/read-models/plans/plan-tasks.handler.js';
import { planView } from '#libs/read-models/plans/plan-view.js';
import type { PlanTargets, PlanTask, TargetView } from '#libs/read-models/plans/queries.js';
import { linesOfRegions } from '#libs/read-models/plans/standing-entries.js';
import type { Share } from '../domain/sheet/score.js';
import type { Moment } from './at-one-position.js';

/** A plan as it stood on the day, its targets held against the end of the year. */
export interface StandingPlan extends PlanTargets {
  tasks: PlanTask[];
}

/** The plans of the region and inside it whose period has the year in it, by id. */
export async function standingPlans(
  moment: Moment,
  { region, year, day }: { region: RegionCode; year: number; day: string },
): Promise<StandingPlan[]> {
  const asOf = { asEffectiveOn: day };
  const lines = await linesOfRegions(moment, regionPrefix(region), asOf);
  const plans: StandingPlan[] = [];
  for (const [planId, own] of [...grouped(lines, (line) => line.planId)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const period = planView(own)?.period;
    if (!period || year < period.from || year > period.to) continue;
    const told = await targetsOfPlan(moment, { planId, ...asOf }, year);
    plans.push({ ...told, tasks: tasksOf(own, told.targets, day) });
  }
  return plans;
}

/**
 * Of the indicators that the region's own plans set a target for in the year: how many reach it, of those that can be
 * told. One with several targets reaches it where it reaches every one of them.
 */
export function indicatorsReached(plans: readonly StandingPlan[], region: RegionCode, year: number): Share {
  const told = plans
    .filter(({ plan }) => plan.region.code === region && plan.area === null)
    .flatMap(({ targets }) => targets)
    .filter((each) => each.region.code === region && each.year === year && each.verdict.key !== 'open');
  const byIndicator = [...grouped(told, (each: TargetView) => each.indicator).values()];
  const reached = byIndicator.filter((targets) => targets.every(({ verdict }) => verdict.key === 'reached'));
  return { part: BigInt(reached.length), of: BigInt(byIndicator.length) };
}
