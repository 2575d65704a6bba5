import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { Quantity } from '#libs/plans/domain/indicators/quantities.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import { EXPECTED_KINDS } from '#libs/projects/domain/movements.js';
import type { ProjectStage } from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, asOfParameters, isAsOf } from '../as-of.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import type { Queryable } from '../queryable.js';
import { STAGE_AFTER } from '../register/fold.js';
import { standsAsOf } from '../timeline/stands.js';
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

/** The same as known at $1 and effective on $2, of those that say where they stand: $5 the events that bring them further. */
const FIELDS = ['entered', 'regions', 'plannedUse', 'category', 'plannedCapacity', 'bedScope'] as const;
const AS_OF = `
  select entered, regions, planned_use_year as year, last.event_type as stage_event, category,
    planned_capacity -> $3 as count, bed_scope as scope
  from (${projectsAsOf('read.capacity_attribute', FIELDS, asOfCondition)}) known
  left join (
    select distinct on (project_id) project_id, event_type from read.timeline_event t
    where event_type = any($5::text[]) and ${standsAsOf('t')}
    order by project_id, revision desc) last using (project_id)`;

interface Row {
  regions: string[];
  year: number | null;
  stage?: ProjectStage;
  /** null: nothing has happened since it entered. */
  stage_event?: ProjectEventType | null;
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
  const then = isAsOf(asOf);
  const rows = await database.query<Row[]>(
    `select * from (${then ? AS_OF : NOW}) project
     where exists (select from unnest(regions) r where starts_with(r, $4)) order by entered`,
    [
      ...asOfParameters(asOf),
      capacity.kind,
      regionPrefix(region),
      ...(then ? [Object.keys(STAGE_AFTER)] : []),
    ],
  );
  return rows
    .map((row) => ({
      ...row,
      at: row.stage ?? (row.stage_event && STAGE_AFTER[row.stage_event]) ?? 'Pooled',
    }))
    .filter(({ at }) => !GONE.includes(at))
    .filter(({ count, category }) => count !== null || EXPECTED_KINDS[category].includes(capacity.kind))
    .filter(({ scope }) => capacity.scope === 'all' || scope === null || scope === capacity.scope)
    .map(({ regions, year, at, count }) => ({ regions, year, stage: STAGE_OF[at] ?? 'pooled', count }));
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
