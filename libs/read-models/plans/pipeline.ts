import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { Quantity } from '#libs/plans/domain/indicators/quantities.js';
import { EXPECTED_KINDS } from '#libs/projects/domain/movements.js';
import type { ProjectStage } from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, asOfParameters, isAsOf } from '../as-of.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import type { Queryable } from '../queryable.js';
import { versionCounts } from '../versions.js';
import type { AsOf } from '../views.js';
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
/** Projects that have entered, as the register has them now: $3 the kind. */
const NOW = `
  select entered, regions, planned_use_year as year, stage, category,
    shown -> 'details' -> 'plannedCapacity' -> $3 as count, shown -> 'details' ->> 'bedScope' as scope
  from read.register_project
  where $1::timestamptz is null and $2::date is null`;

const STATE = versionCounts(
  'state',
  `coalesce($1, '9999-12-31'::timestamptz)`,
  `coalesce($2, '9999-12-31'::date)`,
);
const FIELDS = ['entered', 'plannedCapacity', 'bedScope'] as const;
/** The same as known at $1 and effective on $2; what they will add is not among what the register finds them by. */
const AS_OF = `
  select state.entered, state.regions, state.planned_use_year as year, state.stage, state.category,
    planned_capacity -> $3 as count, bed_scope as scope
  from read.register_version state
  join (${projectsAsOf('read.capacity_attribute', FIELDS, asOfCondition)}) known using (project_id)
  where ${STATE}`;

interface Row {
  regions: string[];
  year: number | null;
  stage: ProjectStage;
  category: keyof typeof EXPECTED_KINDS;
  count: { low: number; high: number } | null;
  scope: string | null;
}

const GONE: readonly ProjectStage[] = ['InUse', 'Decommissioned', 'Withdrawn'];

/** Projects of the region that will add to the quantity: those that print a count, or should by their category. */
export async function comingProjects(
  database: Queryable,
  region: RegionCode,
  capacity: NonNullable<Quantity['capacity']>,
  asOf: AsOf,
): Promise<Coming[]> {
  const rows = await database.query<Row[]>(
    `select * from (${isAsOf(asOf) ? AS_OF : NOW}) project
     where exists (select from unnest(regions) r where starts_with(r, $4)) order by entered`,
    [...asOfParameters(asOf), capacity.kind, regionPrefix(region)],
  );
  return rows
    .filter(({ stage }) => !GONE.includes(stage))
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
