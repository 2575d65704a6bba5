import type { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { Quantity } from '#libs/plans/domain/indicators/quantities.js';
import { EXPECTED_KINDS } from '#libs/projects/domain/movements.js';
import type { ProjectStage } from '#libs/projects/domain/vocabulary.js';
import type { Addition, PipelineStage } from './queries.js';

/** A project that is not in use yet, and what it will add. */
export interface Coming {
  regions: string[];
  year: number | null;
  stage: PipelineStage;
  /** null: it should print a count and does not. */
  count: { low: number; high: number } | null;
}

const STAGE_OF: Partial<Record<ProjectStage, PipelineStage>> = {
  Accepted: 'accepted',
  UnderConstruction: 'underConstruction',
  Suspended: 'underConstruction',
};
const NOT_IN_USE = `
  select regions, planned_use_year as year, stage, category,
    shown -> 'details' -> 'plannedCapacity' -> $2 as count, shown -> 'details' ->> 'bedScope' as scope
  from read.register_project
  where exists (select from unnest(regions) r where starts_with(r, $1))
    and stage not in ('InUse', 'Decommissioned', 'Withdrawn')
  order by entered`;

/** Projects of the region that will add to the quantity: those that print a count, or should by their category. */
export async function comingProjects(
  database: DataSource,
  region: string,
  capacity: NonNullable<Quantity['capacity']>,
): Promise<Coming[]> {
  const rows = await database.query<
    {
      regions: string[];
      year: number | null;
      stage: ProjectStage;
      category: keyof typeof EXPECTED_KINDS;
      count: { low: number; high: number } | null;
      scope: string | null;
    }[]
  >(NOT_IN_USE, [regionPrefix(region), capacity.kind]);
  return rows
    .filter(({ count, category }) => count !== null || EXPECTED_KINDS[category].includes(capacity.kind))
    .filter(({ scope }) => capacity.scope === 'all' || scope === null || scope === capacity.scope)
    .map(({ regions, year, stage, count }) => ({ regions, year, stage: STAGE_OF[stage] ?? 'pooled', count }));
}

export function additionOf(projects: readonly Coming[]): Addition {
  const known = projects.flatMap(({ count }) => count ?? []);
  return {
    low: known.reduce((sum, { low }) => sum + low, 0),
    high: known.reduce((sum, { high }) => sum + high, 0),
    unknownProjects: projects.length - known.length,
    projects: projects.length,
  };
}
