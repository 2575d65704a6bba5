import { ceiling, fromDecimal } from '#libs/kernel/rational.js';
import { neededNumerator } from '../indicators/compute.js';
import type { IndicatorDefinition } from '../indicators/definitions.js';
import { definitionOf } from '../indicators/lookup.js';
import { quantity, type Quantity } from '../indicators/quantities.js';
import { baselineOf, stockOf } from '../indicators/stock.js';
import { boundsOf } from '../values.js';
import {
  populationSide,
  sideOf,
  type Baseline,
  type Contradiction,
  type PlanFigures,
  type PopulationFigure,
  type Side,
  type Target,
} from './contradiction.js';

/** A promise of beds or places by a year, and what the plan itself says it counts from. */
export interface Promised {
  definition: IndicatorDefinition;
  capacity: NonNullable<Quantity['capacity']>;
  target: Target;
  baseline: Baseline;
  /** Of an indicator per head. */
  population: PopulationFigure | undefined;
  /** The smallest whole number of beds or places that reaches it. */
  needed: bigint;
}

/** What projects bring: `net` since the baseline, and what is to come by the year of the promise. */
export interface Listed {
  net: number;
  /** Of `net`, beds of no known scope, that may count or not. */
  unscoped: number;
  coming: Coming;
}

export interface Coming {
  low: number;
  high: number;
  /** Projects that print no count. */
  unknownProjects: number;
}

/** The promises of a plan about its region that can be held against its list of projects. */
export function promisesOf({ targets, baselines, populations }: PlanFigures, region: string): Promised[] {
  const about = <T extends { data: { region: string } }>(lines: readonly T[]) =>
    lines.filter(({ data }) => data.region === region);
  return about(targets).flatMap((target): Promised[] => {
    const { indicator, year, value, unit } = target.data;
    const definition = definitionOf(indicator);
    const { capacity } = definition ? quantity(definition.numerator) : {};
    // A share of beds has no number of beds that reaches it: more beds change both sides.
    if (!definition || !capacity || definition.factor === 100 || year === undefined) return [];
    const baseline = baselineOf(about(baselines), quantity(definition.numerator), year);
    if (!baseline) return [];
    const { populations: wanted = [] } = definition.denominator ? quantity(definition.denominator) : {};
    const population = about(populations)
      .filter(({ data }) => data.year <= year && wanted.includes(data.population))
      .sort((a, b) => b.data.year - a.data.year)[0];
    if (definition.denominator && !population) return [];
    const people = population ? fromDecimal(population.data.persons) : { part: 1n, of: 1n };
    const needed = neededNumerator(value, unit, people, definition.factor);
    return needed === undefined ? [] : [{ definition, capacity, target, baseline, population, needed }];
  });
}

/** T4: what the list plans until the year of a promise does not reach what the text promises. */
export function listAgainstText(promised: Promised, { net, unscoped, coming }: Listed): Contradiction[] {
  const { definition, target, baseline, population, needed } = promised;
  const { high } = stockOf(boundsOf(baseline.data.value, baseline.data.unit), net, unscoped);
  if (high === null) return [];
  const missing = needed - ceiling(high);
  const sides = [sideOf(target), sideOf(baseline), ...(population ? [populationSide(population)] : [])];
  return shortfall(definition.name, target.data.year!, needed, missing, coming, sides);
}

/** Silent where what is missing is covered, all counts taken at their high ends. @param sides the promise first */
export function shortfall(
  indicator: string,
  year: number,
  needed: bigint,
  missing: bigint,
  { low, high, unknownProjects }: Coming,
  sides: Side[],
): Contradiction[] {
  const left = missing - BigInt(high);
  if (left <= 0n) return [];
  const planned = low === high ? String(high) : `${low}—${high}`;
  const unknown = unknownProjects > 0 ? `，另有 ${unknownProjects} 个项目未列规模` : '';
  const { printed } = sides[0]!;
  return [
    {
      rule: 'T4',
      severity: unknownProjects > 0 ? 'warning' : 'error',
      indicator,
      year,
      sides,
      figures: {
        target: printed,
        needed: String(needed),
        lacking: String(missing),
        listed: planned,
        unknownProjects: String(unknownProjects),
        stillLacking: String(left),
      },
      sentence: `“${indicator}”${year}年目标 ${printed} 需 ${needed}，尚缺 ${missing}；清单安排到该年投用 ${planned}${unknown}，仍缺 ${left}`,
    },
  ];
}
