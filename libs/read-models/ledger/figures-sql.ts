import type { LedgerDimension } from './queries.js';
import {
  balancesSql,
  ledgerContext,
  MONEY_CONDITION,
  PROJECT_CONDITION,
  projectsSql,
  unknownProjects,
} from './ledger-sql.js';
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

export interface LedgerShape {
  groupBy: readonly LedgerDimension[];
  asOf: boolean;
  /** Whether the filter asks for a budget year. */
  byYear: boolean;
  /** Whether the filter asks for a source. */
  bySource: boolean;
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
      ${unknownProjects(asOf)},
      scope as materialized (
        select * from every project
        where ${PROJECT_CONDITION} ${having} and ($13::text is null or (${PLACE}) > ($13, $14::uuid))
        order by ${PLACE} limit $15
      ),
      held as not materialized (
        select *, case when total_fen is not null then planned end as planned_of_total
        from balance join scope using (project_id) where ${MONEY_CONDITION}
      )
    ${figuresSql({ groupBy: ['project'], asOf, byYear, bySource }, ['project'])}`;
}

const columnsOf = (groupBy: readonly LedgerDimension[]): string[] =>
  groupBy.flatMap((dimension) => DIMENSION_COLUMNS[dimension]);

/** Whether a source or a year is in question, so that projects without such money do not count. */
const isOfMoney = ({ byYear, bySource }: Omit<LedgerShape, 'groupBy'>, columns: readonly string[]): boolean =>
  byYear || bySource || columns.includes('source') || columns.includes('year');

/** One statement, so that rows and total come from one state: rows first, then the total (`is_total`). */
export function ledgerSql(shape: LedgerShape): string {
  const { groupBy, asOf } = shape;
  const columns = columnsOf(groupBy);
  // Of money, the projects behind a row are those that have some.
  const byProject = isOfMoney(shape, columns) ? [...columns, 'project_id', 'total_fen'] : columns;
  return `
    ${ledgerContext(asOf, [...new Set(byProject)])}
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
  const columns = columnsOf(groupBy);
  const wholeProjects = !isOfMoney(shape, columns);
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
        sum(${entries}) as entries, sum(planned_of_total) as planned_of_total,
        null::bigint as projects, null::numeric as total, null::bigint as unknown_totals
      from held ${grouped}
      union all
      select ${key} ${'null, '.repeat(BALANCE_AMOUNTS.length + 2)}
        count(*), sum(total_fen), count(*) filter (where total_fen is null)
      from ${wholeProjects ? 'scope' : distinct} ${grouped}
    ) part
    ${grouped})`;
}
