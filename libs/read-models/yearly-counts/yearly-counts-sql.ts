import { EXPECTED_KINDS } from '#libs/projects/domain/movements.js';
import { asOfCondition } from '../as-of.js';
import { projectsThen } from '../attributes/attribute-sql.js';
import { SCOPE_CONDITION } from '../scope.js';
import { CAPACITY_FIELDS } from './projection.js';

/** Parameters $7 and $8: the table above as two columns. */
export function expectedKindsParameters(): [string[], string[]] {
  const pairs = Object.entries(EXPECTED_KINDS).flatMap(([category, kinds]) =>
    kinds.map((kind) => [category, kind] as const),
  );
  return [pairs.map(([category]) => category), pairs.map(([, kind]) => kind)];
}

const PROPERTIES = `project_id, entered, name, category, regions, planned_start_year, planned_use_year, planned_capacity,
  bed_scope, withdrawn`;
const PROJECTS_AS_OF = projectsThen(
  { attributes: 'read.capacity_attribute', kept: 'read.capacity_project', columns: PROPERTIES },
  CAPACITY_FIELDS,
  asOfCondition,
);

/**
 * Projects that the filter lets through, as they are known now or, with `asOf`, were then; those with movements only
 * stand here without properties. $1 and $2 are given in either case.
 */
export const capacityScope = (asOf: boolean): string => `
  scope as (
    select * from (
      select coalesce(p.project_id, m.project_id) as project_id, p.entered, p.name, p.category, p.regions,
        p.planned_start_year, p.planned_use_year, p.planned_capacity, p.bed_scope, p.withdrawn
      from (${asOf ? PROJECTS_AS_OF : 'select * from read.capacity_project'}) p
      full join (select distinct project_id from read.capacity_movement t where ${asOfCondition('t')}) m
        on m.project_id = p.project_id
    ) known
    where ${SCOPE_CONDITION}
  )`;

/**
 * One row for each project and kind it prints or should print by its category; low and high are null where unknown.
 * Withdrawn projects are planned no longer.
 */
export const PLANNED = `
  planned as (
    select scope.project_id, scope.name, scope.category, scope.regions, scope.planned_use_year as year, kind.kind,
      (planned_capacity -> kind.kind ->> 'low')::integer as low,
      (planned_capacity -> kind.kind ->> 'high')::integer as high
    from scope cross join (select distinct kind from unnest($8::text[]) kind) kind
    where entered is not null and withdrawn is null
      and (planned_capacity ? kind.kind
        or exists (select from unnest($7::text[], $8::text[]) expected(category, kind)
          where expected.category = scope.category and expected.kind = kind.kind))
  )`;

const GROUP_KEYS = {
  none: `''`,
  region: `coalesce(array_to_string(regions, ','), '')`,
  category: `coalesce(category, '')`,
} as const;

export type CountGrouping = keyof typeof GROUP_KEYS;

/** Figures by group, year (null: use not planned for a year) and kind; every project is in one group only. */
export function yearlyCountsSql(groupBy: CountGrouping, asOf: boolean): string {
  const group = GROUP_KEYS[groupBy];
  const moved = (figure: string) => `coalesce(sum(delta) filter (where figure = '${figure}'), 0)::integer`;
  return `
    with ${capacityScope(asOf)}, ${PLANNED}
    select ${group} as "group", year, kind, coalesce(sum(low), 0)::integer as low,
      coalesce(sum(high), 0)::integer as high, (count(*) filter (where low is null))::integer as unknown,
      count(*)::integer as projects, 0 as commissioned, 0 as changed, 0 as decommissioned
    from planned
    group by 1, year, kind
    union all
    select ${group}, m.year, m.kind, 0, 0, 0, 0,
      ${moved('commissioned')}, ${moved('changed')}, -${moved('decommissioned')}
    from read.capacity_movement m join scope on scope.project_id = m.project_id
    where ${asOfCondition('m')}
    group by 1, m.year, m.kind
    order by 1`;
}
