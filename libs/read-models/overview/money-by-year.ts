import { moneyView } from '#libs/kernel/money.js';
import { FUNDING_SOURCES, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { isAsOf } from '../as-of.js';
import { ledgerParameters } from '../ledger/ledger-parameters.js';
import { figuresOf, type RawFigures } from '../ledger/ledger-rows.js';
import { ledgerContext } from '../ledger/ledger-sql.js';
import { BALANCE_AMOUNTS } from '../ledger/sums.js';
import type { Queryable } from '../queryable.js';
import { labelled } from '../views.js';
import type { Overview, OverviewQuery, PlannedInYear } from './queries.js';

/** Money of one planned year of use, source and budget year; or, where `projects` is given, the projects of a year of use. */
interface RawSums {
  planned_use_year: number | null;
  source: FundingSource | null;
  year: number | null;
  planned: string;
  /** Of the projects whose total is known. */
  planned_of_total: string;
  projects: number | null;
  total: string | null;
  unknown_totals: number | null;
}

const ADDED_UP = [...BALANCE_AMOUNTS, 'entries', 'planned_of_total'];

/** Every figure is a sum of these few rows, so that none can differ from another. */
const sumsSql = (asOf: boolean): string => `
  ${ledgerContext(asOf, ['planned_use_year', 'source', 'year'])}
  select planned_use_year, source, year,
    ${BALANCE_AMOUNTS.map((amount) => `${amount}::text as ${amount}`).join(', ')}, lines::text as entries,
    planned_of_total::text, null::integer as projects, null::text as total, null::integer as unknown_totals
  from held
  union all
  select planned_use_year, null, null, ${ADDED_UP.map(() => `'0'`).join(', ')},
    count(*)::integer, sum(total_fen)::text, (count(*) filter (where total_fen is null))::integer
  from scope group by planned_use_year`;

/** The part of the overview that comes from the ledger. */
export async function moneyByYear(
  database: Queryable,
  params: OverviewQuery['params'],
): Promise<Pick<Overview, 'total' | 'byUseYear' | 'byBudgetYear'>> {
  const rows = await database.query<RawSums[]>(sumsSql(isAsOf(params)), ledgerParameters(params));
  const byUseYear = inYears(rows, 'planned_use_year').map(([year, own]) => {
    const { projects, totalInvestment, unknownTotals, unsourced } = figuresOf(addedUp(own));
    return { year, planned: plannedOf(own), projects, totalInvestment, unknownTotals, unsourced };
  });
  const byBudgetYear = inYears(rows, 'year').map(([year, own]): PlannedInYear => ({
    year,
    planned: plannedOf(own),
  }));
  return {
    total: figuresOf(addedUp(rows)),
    byUseYear,
    byBudgetYear: byBudgetYear.filter(({ planned }) => planned.length > 0),
  };
}

function addedUp(rows: readonly RawSums[]): RawFigures {
  const sum = (column: string): bigint =>
    rows.reduce((so, row) => so + BigInt(row[column as 'planned'] ?? 0), 0n);
  const total = rows.some((row) => row.total !== null) ? sum('total') : null;
  const amounts = ADDED_UP.map((column) => [column, sum(column).toString()] as const);
  return {
    ...(Object.fromEntries(amounts) as unknown as RawFigures),
    projects: Number(sum('projects')),
    unknown_totals: Number(sum('unknown_totals')),
    total: total?.toString() ?? null,
    unsourced: total === null ? null : (total - sum('planned_of_total')).toString(),
  };
}

const LAST = Number.MAX_SAFE_INTEGER;

function inYears(
  rows: readonly RawSums[],
  column: 'planned_use_year' | 'year',
): [year: number | null, rows: RawSums[]][] {
  const years = [...new Set(rows.map((row) => row[column]))].sort((a, b) => (a ?? LAST) - (b ?? LAST));
  return years.map((year) => [year, rows.filter((row) => row[column] === year)]);
}

function plannedOf(rows: readonly RawSums[]): PlannedInYear['planned'] {
  return (Object.keys(FUNDING_SOURCES) as FundingSource[]).flatMap((source) => {
    const fen = rows
      .filter((row) => row.source === source)
      .reduce((sum, { planned }) => sum + BigInt(planned), 0n);
    return fen === 0n ? [] : [{ source: labelled(FUNDING_SOURCES, source), amount: moneyView(fen) }];
  });
}
