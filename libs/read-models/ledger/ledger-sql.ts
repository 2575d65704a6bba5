import { asOfCondition } from '../as-of.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import { SCOPE_CONDITION } from '../scope.js';
import { LEDGER_FIELDS } from './projection.js';
import type { LedgerDimension } from './queries.js';
import { balancesFrom, SUMS_AS_OF } from './sums-sql.js';
import { BALANCE_AMOUNTS } from './sums.js';

/** Group columns of each dimension: the only ones that reach the text of a statement. */
const DIMENSION_COLUMNS: Record<LedgerDimension, readonly string[]> = {
  project: ['project_id', 'name', 'entered'],
  source: ['source'],
  year: ['year'],
  region: ['regions'],
  category: ['category'],
  plannedUseYear: ['planned_use_year'],
};

/** Money by project, source, level and year as it stands now. */
const BALANCES = `
  select project_id, nullif(source, '') as source, nullif(level, '') as level, nullif(year, 0) as year,
    ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in
  from read.ledger_balance
  where $1::timestamptz is null and $2::date is null`;

const PROJECTS = `
  select project_id, entered, name, category, regions, planned_use_year, total_fen from read.ledger_project`;

/** The same as known at $1 and effective on $2. */
const BALANCES_AS_OF = `
  select project_id, nullif(source, '') as source, nullif(level, '') as level, nullif(year, 0) as year,
    ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in
  from (${balancesFrom(SUMS_AS_OF)}) balance`;

const PROJECTS_AS_OF = projectsAsOf('read.ledger_attribute', LEDGER_FIELDS, asOfCondition);

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

export interface LedgerShape {
  groupBy: readonly LedgerDimension[];
  asOf: boolean;
  /** Whether the filter asks for a budget year. */
  byYear: boolean;
  /** Whether the filter asks for a source. */
  bySource: boolean;
}

/** One with money whose entry is not known, or not effective on the day asked for, has no properties. */
const EVERY_PROJECT = `
  select project_id, entered, name, category, regions, planned_use_year, total_fen from known
  union all
  select distinct project_id, null, null, null, null::text[], null::smallint, null::bigint
  from balance where not exists (select from known where known.project_id = balance.project_id)`;

/**
 * What every statement on the ledger starts from, for the parameters $1 to $12: `scope`, the projects asked for, each
 * once, and `held`, their balances that are asked for, with the properties of the project.
 */
export function ledgerContext(asOf: boolean): string {
  // What stands in a table is read again at less cost than it is set aside; what a day needs is worked out once.
  const once = asOf ? 'materialized' : 'not materialized';
  return `
    with balance as ${once} (${balancesSql(asOf)}),
      known as ${once} (${projectsSql(asOf)}),
      scope as not materialized (
        select * from (${EVERY_PROJECT}) project where ${PROJECT_CONDITION}
      ),
      held as not materialized (
        select * from balance left join known using (project_id) where ${PROJECT_CONDITION} and ${MONEY_CONDITION}
      )`;
}

/** Where a page begins and ends: projects in the order that they entered, those whose entry is not known last. */
const PLACE = `coalesce(entered, '~'), project_id`;

/** The rows of one page of projects; $13 and $14 the place behind the cursor, $15 how many. */
export function ledgerPageSql({ asOf, byYear, bySource }: Omit<LedgerShape, 'groupBy'>): string {
  const once = asOf ? 'materialized' : 'not materialized';
  const having =
    byYear || bySource
      ? `and exists (select from balance where balance.project_id = project.project_id and ${MONEY_CONDITION})`
      : '';
  return `
    with balance as ${once} (${balancesSql(asOf)}),
      known as ${once} (${projectsSql(asOf)}),
      scope as materialized (
        select * from (${EVERY_PROJECT}) project
        where ${PROJECT_CONDITION} ${having} and ($13::text is null or (${PLACE}) > ($13, $14::uuid))
        order by ${PLACE} limit $15
      ),
      held as not materialized (
        select * from balance join scope using (project_id) where ${MONEY_CONDITION}
      )
    ${figuresSql({ groupBy: ['project'], asOf, byYear, bySource }, ['project'])}`;
}

/** One statement, so that rows and total come from one state: rows first, then the total (`is_total`). */
export function ledgerSql(shape: LedgerShape): string {
  const { groupBy } = shape;
  return `
    ${ledgerContext(shape.asOf)}
    ${groupBy.length > 0 ? `${figuresSql(shape, groupBy)} union all` : ''}
    ${figuresSql(shape, [])}
    order by is_total
    limit $13`;
}

const ALL_COLUMNS = [
  'project_id',
  'name',
  'entered',
  'source',
  'year',
  'regions',
  'category',
  'planned_use_year',
];
const TYPES: Record<string, string> = {
  project_id: 'uuid',
  regions: 'text[]',
  year: 'smallint',
  planned_use_year: 'smallint',
};

/**
 * The sums of the money, beside the projects, each of which counts once in a row however many balances it has there,
 * and its total investment with it. Without a source or year in question, projects without money count.
 */
function figuresSql(shape: LedgerShape, groupBy: readonly LedgerDimension[]): string {
  const columns = groupBy.flatMap((dimension) => DIMENSION_COLUMNS[dimension]);
  const ofMoney = columns.some((column) => column === 'source' || column === 'year');
  const wholeProjects = !ofMoney && !shape.byYear && !shape.bySource;
  // Money carried in is counted beside the line that carried it out, unless the years are looked at apart.
  const entries = columns.includes('year') || shape.byYear ? 'lines + lines_in' : 'lines';
  const key = columns.map((column) => `${column}, `).join('');
  const grouped = columns.length > 0 ? `group by ${columns.join(', ')}` : '';
  const ofEach = [...new Set([...columns, 'project_id', 'total_fen'])].join(', ');
  const distinct = `(select distinct ${ofEach} from held) each`;
  return `
    (select ${groupBy.length === 0} as is_total,
      ${ALL_COLUMNS.map((c) => (columns.includes(c) ? c : `null::${TYPES[c] ?? 'text'} as ${c}`)).join(', ')},
      ${BALANCE_AMOUNTS.map((amount) => `coalesce(sum(${amount}), 0)::text as ${amount}`).join(', ')},
      coalesce(sum(entries), 0)::text as entries,
      coalesce(sum(projects), 0)::integer as projects,
      ${
        wholeProjects
          ? `sum(total)::text as total, (sum(total) - coalesce(sum(planned_of_total), 0))::text as unsourced`
          : `null::text as total, null::text as unsourced`
      },
      coalesce(sum(unknown_totals), 0)::integer as unknown_totals
    from (
      select ${key} ${BALANCE_AMOUNTS.map((amount) => `sum(${amount}) as ${amount}`).join(', ')},
        sum(${entries}) as entries, sum(planned) filter (where total_fen is not null) as planned_of_total,
        null::bigint as projects, null::numeric as total, null::bigint as unknown_totals
      from held ${grouped}
      union all
      select ${key} ${'null, '.repeat(BALANCE_AMOUNTS.length + 2)}
        count(*), sum(total_fen), count(*) filter (where total_fen is null)
      from ${wholeProjects ? 'scope' : distinct} ${grouped}
    ) part
    ${grouped})`;
}
