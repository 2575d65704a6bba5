import { asOfCondition } from '../as-of.js';
import { projectsThen } from '../attributes/attribute-sql.js';
import { SCOPE_CONDITION } from '../scope.js';
import { LEDGER_FIELDS } from './projection.js';
import { HAD_MONEY, SUMS_AS_OF, SUMS_SINCE } from './sums-as-of-sql.js';
import { balancesFrom } from './sums-sql.js';
import { BALANCE_AMOUNTS, STAGE_AMOUNTS } from './sums.js';

/** Money by project, source, level and year as it stands now. */
const BALANCES = `
  select project_id, nullif(source, '') as source, nullif(level, '') as level, nullif(year, 0) as year,
    ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in
  from read.ledger_balance
  where $1::timestamptz is null and $2::date is null`;

const PROPERTIES = 'project_id, entered, name, category, regions, planned_use_year, total_fen';
const PROJECTS = `select ${PROPERTIES} from read.ledger_project`;

/** The same as known at $1 and effective on $2. */
const BALANCES_AS_OF = `
  select project_id, nullif(source, '') as source, nullif(level, '') as level, nullif(year, 0) as year,
    ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in
  from (${balancesFrom(SUMS_AS_OF)}) balance`;

const PROJECTS_AS_OF = projectsThen(
  { attributes: 'read.ledger_attribute', kept: 'read.ledger_project', columns: PROPERTIES },
  LEDGER_FIELDS,
  asOfCondition,
);

/** Balances by project, source, level and year; with `asOf`, for the parameters $1 to $3. */
export const balancesSql = (asOf: boolean): string => (asOf ? BALANCES_AS_OF : BALANCES);

/** Properties of projects now, or for the parameters $1 and $2. */
export const projectsSql = (asOf: boolean): string => (asOf ? PROJECTS_AS_OF : PROJECTS);

/** $3 to $8: which projects, over their properties. */
export const PROJECT_CONDITION = `
  ${SCOPE_CONDITION}
  and (not $7::boolean or planned_use_year is not distinct from $8::smallint)`;

/**
 * Projects that the filter lets through ($3 to $8), with their properties. One whose entry was not known or not yet
 * effective then may have money all the same: it stands here without properties.
 */
export function scopedProjectsSql(asOf: boolean): string {
  return `
    select * from (
      select coalesce(p.project_id, m.project_id) as project_id, p.entered, p.name, p.category, p.regions,
        p.planned_use_year, p.total_fen
      from (${projectsSql(asOf)}) p
      full join (select distinct project_id from balance) m on m.project_id = p.project_id
    ) known
    where ${PROJECT_CONDITION}`;
}

/** $9 and $10: whether a budget year is asked, and which; $11 and $12: the same of the source. */
export const MONEY_CONDITION = `
  (not $9::boolean or year is not distinct from $10::smallint)
  and (not $11::boolean or source is not distinct from $12)`;

/** Projects with money whose entry is not known, or not effective on the day asked for: they have no properties. */
export const unknownProjects = (asOf: boolean): string => `
  unknown as materialized (
    select distinct project_id from read.ledger_balance where project_id not in (select project_id from known)
  ),
  every as not materialized (
    select ${PROPERTIES} from known
    union all
    select project_id, null, null, null, null::text[], null::smallint, null::bigint
    from unknown ${asOf ? `where ${HAD_MONEY}` : ''}
  )`;

const OF_PROJECT = ['name', 'entered', 'regions', 'category', 'planned_use_year', 'project_id', 'total_fen'];
const HELD_SUMS = [...BALANCE_AMOUNTS, 'lines', 'lines_in', 'planned_of_total'];
const MOVED_SUMS = [...STAGE_AMOUNTS, 'lines', 'planned_of_total'];
const each = (columns: readonly string[], print: (column: string) => string): string =>
  columns.map((column) => `${print(column)} as ${column}`).join(', ');

/** Balances of now, with the properties of their projects as of the moment. */
const heldNow = (asOf: boolean): string => `
  select *, case when total_fen is not null then planned end as planned_of_total
  from (
    select project_id, nullif(source, '') as source, nullif(year, 0) as year, ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in
    from read.ledger_balance ${asOf ? '' : 'where $1::timestamptz is null and $2::date is null'}
  ) balance left join known using (project_id)
  where ${PROJECT_CONDITION} and ${MONEY_CONDITION}`;

/** What came since, of the sums told apart by the columns: to be taken away, also where it was carried to. */
function heldSince(columns: readonly string[]): string {
  const own = columns.map((column) => `${column}, `).join('');
  const taken = (year: string, print: (sum: string) => string, where: string) => `
    select ${own}nullif(source, '') as source, nullif(${year}, 0) as year, ${each(HELD_SUMS, print)} from since ${where}`;
  return `
    select * from (
      ${taken('year', (sum) => (MOVED_SUMS.includes(sum) ? `-${sum}` : '0'), '')}
      union all
      ${taken('carried_to', (sum) => ({ carried_in: '-carried_forward', lines_in: '-lines' })[sum] ?? '0', 'where carried_to <> 0')}
    ) leg where ${MONEY_CONDITION}`;
}

/**
 * What every statement on the ledger starts from, for the parameters $1 to $12: `scope`, the projects asked for, each
 * once, and `held`, their money that is asked for, added up by the columns.
 *
 * A day's is that of now without what came since. It is joined with the properties and added up at once: a row for each
 * project, source and year would be hundreds of thousands, of which most questions want some dozens.
 */
export function ledgerContext(asOf: boolean, columns: readonly string[]): string {
  const ofProject = columns.filter((column) => OF_PROJECT.includes(column));
  // Told apart by the project alone, which its properties follow: to sort or hash by all of these takes several times as long.
  const properties = ofProject.filter((column) => column !== 'project_id');
  const since = `
    since as materialized (
      select ${each(properties, (column) => `any_value(${column})`)}${properties.length > 0 ? ',' : ''}
        project_id, source, year, carried_to, ${each([...STAGE_AMOUNTS, 'lines'], (sum) => `runtime.sum_fen(${sum})`)},
        coalesce(runtime.sum_fen(planned) filter (where total_fen is not null), 0) as planned_of_total
      from ${SUMS_SINCE} sums left join known using (project_id) where ${PROJECT_CONDITION}
      group by project_id, source, year, carried_to),`;
  const told = [...ofProject, 'source', 'year', ...HELD_SUMS].join(', ');
  const by = columns.length > 0 ? `group by ${columns.join(', ')}` : '';
  const addedUp = `materialized (
        select ${columns.map((column) => `${column}, `).join('')} ${each(HELD_SUMS, (sum) => `runtime.sum_fen(${sum})`)}
        from (select ${told} from (${heldNow(asOf)}) held_now ${asOf ? `union all ${heldSince(ofProject)}` : ''}) money
        ${by}
        having sum(lines) <> 0 or sum(lines_in) <> 0
      )`;
  // What stands in a table, project by project, is read again at less cost than it is set aside.
  const asTheyStand = !asOf && columns.includes('project_id');
  return `
    with known as ${asOf ? 'materialized' : 'not materialized'} (${projectsSql(asOf)}),
      ${unknownProjects(asOf)},
      scope as not materialized (select * from every where ${PROJECT_CONDITION}),
      ${asOf ? since : ''}
      held as ${asTheyStand ? `not materialized (${heldNow(asOf)})` : addedUp}`;
}
