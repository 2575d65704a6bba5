import { printYuan } from '#libs/kernel/money.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { rational } from '#libs/kernel/rational.js';
import { commonRegion, type RegionCode } from '#libs/kernel/regions.js';
import { quantity, type LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { DIRECT_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { asOfParameters, isAsOf } from '../as-of.js';
import { balancesSql, projectsSql } from '../ledger/ledger-sql.js';
import { SCOPE_CONDITION, scopeParameters } from '../scope.js';
import type { AsOf } from '../views.js';
import { rowsIn, yearEnd, type Part, type PartFinder, type PartScope } from './part.js';

type MoneyMeasure = Exclude<LedgerMeasure, 'totalInvestment'>;

/** What a measure adds up, and which balances: $7 is the year, $8 are the sources that come to a project directly. */
const MEASURES: Record<MoneyMeasure, readonly [column: string, counts: string]> = {
  completedInvestment: ['completed_investment', 'true'],
  completedInYear: ['completed_investment', 'year = $7::smallint'],
  plannedForYear: ['planned', 'year = $7::smallint'],
  allocated: ['allocated', 'true'],
  disbursed: ['disbursed', 'true'],
  received: ['received', 'true'],
  receivedFiscal: ['received', 'source <> all($8::text[])'],
  paid: ['paid', 'true'],
};

/** The projects of one set of divisions: fen as text, `…Lines` journal lines, null where there is no money. */
type Sums = Record<MoneyMeasure, string | null> &
  Record<`${MoneyMeasure}Lines`, number | null> & {
    regions: RegionCode[];
    projects: number;
    unknown_totals: number;
    /** Of the projects that print one. */
    total: string | null;
  };

const MONEY = Object.entries(MEASURES).map(
  ([measure, [column, counts]]) => `
    (sum(${column}) filter (where ${counts}))::text as "${measure}",
    (sum(lines + lines_in) filter (where ${counts}))::integer as "${measure}Lines"`,
);

/** One row a set of divisions. Projects are counted apart from their balances: each counts once. */
const sumsSql = (asOf: boolean): string => `
  with balance as materialized (${balancesSql(asOf)}),
    known as materialized (select * from (${projectsSql(asOf)}) project where ${SCOPE_CONDITION})
  select *
  from (
    select regions, count(*)::integer as projects, count(*) filter (where total_fen is null)::integer as unknown_totals,
      sum(total_fen)::text as total
    from known group by regions
  ) totals
  left join (
    select regions, ${MONEY.join()} from balance join known using (project_id) group by regions
  ) money using (regions)`;

/** Money of all projects of a region as of the end of a year, in 元. */
export async function ledgerParts(scope: PartScope): Promise<PartFinder> {
  const asked = [...scope.quantities].some((id) => quantity(id).ledger);
  const byYear = new Map<number, (region: RegionCode) => readonly Sums[]>();
  if (asked) {
    for (const year of scope.years)
      byYear.set(
        year,
        rowsIn(await sumsAt(scope, year), (row) => row.regions),
      );
  }
  return (id, region, year) => {
    const { ledger: measure, label } = quantity(id);
    if (!measure) return undefined;
    const rows = byYear.get(year)!(region);
    if (measure === 'totalInvestment') return totalPart(rows, year);
    const fen = rows.reduce((sum, row) => sum + BigInt(row[measure] ?? 0), 0n);
    return {
      interval: { low: rational(fen, 100n), high: rational(fen, 100n) },
      source: 'ledger',
      asOf: yearEnd(year),
      explanation: `${label} ${printYuan(fen)} 元`,
      evidence: [],
      events: { count: rows.reduce((sum, row) => sum + (row[`${measure}Lines`] ?? 0), 0) },
    };
  };
}

function totalPart(rows: readonly Sums[], year: number): Part {
  const fen = rows.reduce((sum, row) => sum + BigInt(row.total ?? 0), 0n);
  const unknown = rows.reduce((sum, row) => sum + row.unknown_totals, 0);
  return {
    interval: { low: rational(fen, 100n), high: unknown > 0 ? null : rational(fen, 100n) },
    source: 'ledger',
    asOf: yearEnd(year),
    explanation: `总投资 ${printYuan(fen)} 元${unknown > 0 ? `,另有 ${unknown} 个项目未列总投资` : ''}`,
    evidence: [],
    events: { count: rows.reduce((sum, row) => sum + row.projects, 0) },
  };
}

/** A year that is not over is asked without a day: nothing is effective later, and the balances answer at once. */
async function sumsAt({ database, regions, asOf }: PartScope, year: number): Promise<Sums[]> {
  const end = yearEnd(year);
  const asked = asOf.asEffectiveOn;
  const day = asked !== undefined && asked < end ? asked : end < chinaDay(new Date()) ? end : undefined;
  const when: AsOf = {
    ...(asOf.asKnownAt !== undefined && { asKnownAt: asOf.asKnownAt }),
    ...(day !== undefined && { asEffectiveOn: day }),
  };
  const region = commonRegion(regions);
  return database.query<Sums[]>(sumsSql(isAsOf(when)), [
    ...asOfParameters(when),
    ...scopeParameters(region === undefined ? {} : { region }),
    year,
    [...DIRECT_SOURCES],
  ]);
}
