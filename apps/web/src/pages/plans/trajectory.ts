import type { Trajectory } from './words.js';

/** What there would be at the end of a year if everything planned until then came into use. Counts of the unit. */
export interface TrajectoryYear {
  year: number;
  /** Cumulative, certain parts, by how far the projects are. */
  accepted: number;
  underConstruction: number;
  pooled: number;
  /** Cumulative: from the certain part to the upper ends of what is planned. */
  range: number;
  projects: number;
  unknownProjects: number;
  /** What a target of this year needs at the most; null: it has none. */
  needed: number | null;
  targets: Trajectory['targets'];
}

export const STAGES = [
  ['accepted', '已验收待投用'],
  ['underConstruction', '在建'],
  ['pooled', '储备（未开工）'],
] as const;
type Stage = (typeof STAGES)[number][0];

/** Year by year from the first to the last that something is planned or promised for; what has no year is in none. */
export function trajectoryYears({
  pipeline,
  targets,
}: Pick<Trajectory, 'pipeline' | 'targets'>): TrajectoryYear[] {
  const planned = pipeline.filter((one): one is typeof one & { year: number } => one.year !== null);
  const years = [...planned, ...targets].map(({ year }) => year);
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const year = first + n;
    const until = planned.filter((one) => one.year <= year);
    const sum = (of: (one: (typeof until)[number]) => number): number =>
      until.reduce((all, one) => all + of(one), 0);
    const at = (stage: Stage): number => sum((one) => (one.stage.key === stage ? one.low : 0));
    const own = targets.filter((target) => target.year === year);
    return {
      year,
      accepted: at('accepted'),
      underConstruction: at('underConstruction'),
      pooled: at('pooled'),
      range: sum(({ low, high }) => high - low),
      projects: sum(({ projects }) => projects),
      unknownProjects: sum(({ unknownProjects }) => unknownProjects),
      needed: own.length === 0 ? null : Math.max(...own.map(({ needed }) => Number(needed))),
      targets: own,
    };
  });
}

export interface Planned {
  low: bigint;
  high: bigint;
}

/** What there is and what is planned until the year together; null where it is not known what there is. */
export function reachOf(actualLow: string | null, row: TrajectoryYear): Planned | null {
  if (actualLow === null || !/^\d+$/u.test(actualLow)) return null;
  const low = BigInt(actualLow) + BigInt(row.accepted + row.underConstruction + row.pooled);
  return { low, high: low + BigInt(row.range) };
}

/** Targets that say the same, once, with every place they are printed in. */
export function distinctTargets(
  targets: Trajectory['targets'],
): (Trajectory['targets'][number] & { places: Trajectory['targets'] })[] {
  const groups = new Map<string, Trajectory['targets']>();
  for (const target of targets) {
    const key = `${target.year} ${target.printed}`;
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()].map((places) => ({
    ...places[0]!,
    attribute: places.find(({ attribute }) => attribute !== null)?.attribute ?? null,
    places,
  }));
}
