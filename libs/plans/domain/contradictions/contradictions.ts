import type { Contradiction, PlanFigures } from './contradiction.js';
import { twoTargets } from './t1-two-targets.js';
import { printedRatios } from './t2-printed-ratio.js';
import { sharesAgainstPlan } from './t3-shares.js';

/** What a plan's own figures contradict, rule by rule. T4 needs the list of projects and stands with the trajectory. */
export function contradictionsOf(figures: PlanFigures): Contradiction[] {
  return [...twoTargets(figures), ...printedRatios(figures), ...sharesAgainstPlan(figures)];
}
