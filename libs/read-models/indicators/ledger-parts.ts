import { chinaDay } from '#libs/kernel/partial-date.js';
import { rational } from '#libs/kernel/rational.js';
import { commonRegion, type RegionCode } from '#libs/kernel/regions.js';
import { quantity, type LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { printYuan } from '#libs/kernel/money.js';
import { DIRECT_SOURCES } from '#libs/projects/domain/vocabulary.js';
import { ledgerOf } from '../ledger/ledger.handler.js';
import type { LedgerAmounts, LedgerRow } from '../ledger/queries.js';
import type { AsOf } from '../views.js';
import { standsIn, yearEnd, type Part, type PartFinder, type PartScope } from './part.js';

/** They are added up and not shown, so there may be more of them than an answer holds. */
const MOST_ROWS = 500_000;

/** What the ledger says at the end of one year, by divisions. */
interface LedgerAtYearEnd {
  /** By divisions, source and budget year. */
  money: readonly LedgerRow[];
  /** By divisions: total investment has no source and no year. */
  totals: readonly LedgerRow[];
}

type Counted = (row: LedgerRow, year: number) => boolean;
const all: Counted = () => true;

const MEASURES: Record<
  Exclude<LedgerMeasure, 'totalInvestment'>,
  { column: keyof LedgerAmounts; counts: Counted }
> = {
  completedInvestment: { column: 'completedInvestment', counts: all },
  completedInYear: { column: 'completedInvestment', counts: (row, year) => row.year === year },
  plannedForYear: { column: 'planned', counts: (row, year) => row.year === year },
  allocated: { column: 'allocated', counts: all },
  disbursed: { column: 'disbursed', counts: all },
  received: { column: 'received', counts: all },
  receivedFiscal: {
    column: 'received',
    counts: ({ source }) => source !== undefined && source !== null && !DIRECT_SOURCES.has(source.key),
  },
  paid: { column: 'paid', counts: all },
};

/** Money of all projects of a region as of the end of a year, in 元. */
export async function ledgerParts(scope: PartScope): Promise<PartFinder> {
  const asked = [...scope.quantities].some((id) => quantity(id).ledger);
  const byYear = new Map<number, LedgerAtYearEnd>();
  if (asked) for (const year of scope.years) byYear.set(year, await ledgerAt(scope, year));
  return (id, region, year) => {
    const { ledger: measure, label } = quantity(id);
    if (!measure) return undefined;
    const { money, totals } = byYear.get(year)!;
    if (measure === 'totalInvestment') return totalPart(totals, region, year);
    const { column, counts } = MEASURES[measure];
    const rows = money.filter((row) => standsIn(row.region?.codes ?? null, region) && counts(row, year));
    const fen = rows.reduce((sum, row) => sum + BigInt(row.amounts[column].fen), 0n);
    return {
      interval: { low: rational(fen, 100n), high: rational(fen, 100n) },
      source: 'ledger',
      asOf: yearEnd(year),
      explanation: `${label} ${printYuan(fen)} 元`,
      evidence: [],
      events: { count: rows.reduce((sum, row) => sum + row.entryCount, 0) },
    };
  };
}

function totalPart(totals: readonly LedgerRow[], region: RegionCode, year: number): Part {
  const rows = totals.filter((row) => standsIn(row.region?.codes ?? null, region));
  const fen = rows.reduce((sum, row) => sum + BigInt(row.totalInvestment?.fen ?? 0), 0n);
  const unknown = rows.reduce((sum, row) => sum + row.unknownTotals, 0);
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
async function ledgerAt({ database, regions, asOf }: PartScope, year: number): Promise<LedgerAtYearEnd> {
  const end = yearEnd(year);
  const asked = asOf.asEffectiveOn;
  const day = asked !== undefined && asked < end ? asked : end < chinaDay(new Date()) ? end : undefined;
  const region = commonRegion(regions);
  const when: AsOf = {
    ...(asOf.asKnownAt !== undefined && { asKnownAt: asOf.asKnownAt }),
    ...(day !== undefined && { asEffectiveOn: day }),
  };
  const filter = { ...when, ...(region !== undefined && { region }) };
  const money = await ledgerOf(database, { ...filter, groupBy: ['region', 'source', 'year'] }, MOST_ROWS);
  const totals = await ledgerOf(database, { ...filter, groupBy: ['region'] }, MOST_ROWS);
  return { money: money.rows, totals: totals.rows };
}
