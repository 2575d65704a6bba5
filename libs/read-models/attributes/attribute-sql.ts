import type { AttributeField } from './attribute-rows.js';

/** SQL for each field in the types that queries use: planned dates as printed and by year. */
const TYPED: Record<AttributeField, string> = {
  entered: 'entered',
  name: 'name',
  category: 'category',
  regions: `string_to_array(regions, ',') as regions`,
  plannedStart: 'planned_start, left(planned_start, 4)::smallint as planned_start_year',
  plannedUse: 'planned_use, left(planned_use, 4)::smallint as planned_use_year',
  totalInvestmentFen: 'total_investment_fen::bigint as total_fen',
  plannedCapacity: 'planned_capacity::jsonb as planned_capacity',
  bedScope: 'bed_scope',
  withdrawn: 'withdrawn',
};

const column = (field: AttributeField) => field.replace(/[A-Z]/gu, (c) => `_${c.toLowerCase()}`);

/**
 * What stands of each field of each project: the last value recorded, without those of events taken back.
 *
 * @param condition as of `projectsAsOf`
 */
export const standingValues = (table: string, condition: (alias: string) => string): string => `
  select distinct on (a.project_id, a.field) a.project_id, a.field, a.value, a.position, a.event_id
  from ${table} a
  where a.field <> '' and ${condition('a')}
    and not exists (
      select from ${table} r
      where r.project_id = a.project_id and r.field = '' and r.reverses = a.event_id and ${condition('r')})
  order by a.project_id, a.field, a.position desc`;

/**
 * A row for each project as it was known and in effect: the last value recorded of each field, without those of
 * events taken back. Projects that had not entered by then have no row.
 *
 * @param table the attribute table, with its schema
 * @param condition which rows count, on the alias `a`; it is asked of reversals too, on `r`
 */
export function projectsAsOf(
  table: string,
  fields: readonly AttributeField[],
  condition: (alias: string) => string,
): string {
  const pivoted = fields.map((f) => `max(value) filter (where field = '${f}') as ${column(f)}`);
  return `
    select project_id, ${fields.map((f) => TYPED[f]).join(', ')}
    from (
      select project_id, ${pivoted.join(', ')}
      from (${standingValues(table, condition)}) last
      group by project_id
    ) pivoted
    where entered is not null`;
}

/**
 * The same from the table that keeps how projects stand now, with only those looked up of which more was said since: mostly
 * few, and to sort all that was ever said of every project takes longer than most questions. Each project is in one of the
 * two: `distinct` tells the planner so, which would expect a hundred rows of each.
 *
 * @param columns of both, by their names
 */
export function projectsThen(
  { attributes, kept, columns }: { attributes: string; kept: string; columns: string },
  fields: readonly AttributeField[],
  condition: (alias: string) => string,
): string {
  const saidSince = `select project_id from ${attributes} since where not (${condition('since')})`;
  return `
    select distinct on (project_id) * from (
    select ${columns} from ${kept} where project_id not in (${saidSince})
    union all
    select ${columns} from (${projectsAsOf(
      attributes,
      fields,
      (alias) => `${condition(alias)} and ${alias}.project_id in (${saidSince})`,
    )}) looked_up) told`;
}
