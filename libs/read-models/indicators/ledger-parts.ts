import { printYuan } from '#libs/kernel/money.js';
import { rational } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { quantity, type LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { balancesSql } from '../ledger/ledger-sql.js';
import { AMOUNT_OF_STAGE } from '../ledger/sums.js';
import { countEvents, firstEvents, type EventCounts } from './ledger-events.js';
import { askedSql, ledgerAsked, MEASURES, type MoneyMeasure } from './ledger-measures.js';
import { lastDay, rowsIn, type Part, type PartFinder, type PartScope } from './part.js';

/** The projects of one set of divisions: fen as text, null where there is no money. */
type Sums = Record<MoneyMeasure, string | null> & {
  regions: RegionCode[];
  projects: number;
  unknown_totals: number;
  /** Of the projects that print one. */
  total: string | null;
};

const MONEY = Object.entries(MEASURES).map(
  ([measure, { stage, counts }]) =>
    `(sum(${AMOUNT_OF_STAGE[stage]}) filter (where ${counts}))::text as "${measure}"`,
);

/** One row a set of divisions. Projects are counted apart from their balances: each counts once. */
const sumsSql = (asOf: boolean): string => `
  ${askedSql(asOf)},
    balance as materialized (${balancesSql(asOf)})
  select *
  from (
    select regions, count(*)::integer as projects, count(*) filter (where total_fen is null)::integer as unknown_totals,
      sum(total_fen)::text as total
    from known group by regions
  ) totals
  left join (
    select regions, ${MONEY.join()} from balance join known using (project_id) group by regions
  ) money using (regions)`;

/** What is summed up for a year, and what is counted only where somebody looks at the events. */
interface YearBook {
  sumsIn: (region: RegionCode) => readonly Sums[];
  countsIn: () => Promise<(region: RegionCode) => readonly EventCounts[]>;
  /** Of each measure asked for. */
  firstIn: (region: RegionCode) => Promise<ReadonlyMap<LedgerMeasure, string[]>>;
}

/** Money of all projects of a region as of the end of a year, in 元. */
export async function ledgerParts(scope: PartScope): Promise<PartFinder> {
  const books = new Map<number, YearBook>();
  const years = measuresOf(scope).length > 0 ? scope.years : [];
  for (const year of years) books.set(year, await openBook(scope, year));
  return (id, region, year) => {
    const { ledger: measure, label } = quantity(id);
    if (!measure) return undefined;
    const book = books.get(year)!;
    const rows = book.sumsIn(region);
    const money =
      measure === 'totalInvestment'
        ? totalOf(rows)
        : moneyOf(
            label,
            sum(rows, (row) => row[measure]),
          );
    return {
      ...money,
      source: 'ledger',
      asOf: lastDay(scope.asOf, year),
      evidence: [],
      events: {
        count: () => eventCount(book, region, measure),
        first: async () => (await book.firstIn(region)).get(measure)!,
      },
    };
  };
}

const measuresOf = ({ quantities }: PartScope): LedgerMeasure[] => [
  ...new Set([...quantities].flatMap((id) => quantity(id).ledger ?? [])),
];

async function openBook(scope: PartScope, year: number): Promise<YearBook> {
  const { asOf, parameters } = ledgerAsked(scope, scope.regions, year);
  const sums = await scope.database.query<Sums[]>(sumsSql(asOf), parameters);
  let counts: ReturnType<YearBook['countsIn']> | undefined;
  const first = new Map<RegionCode, ReturnType<YearBook['firstIn']>>();
  const book: YearBook = {
    sumsIn: rowsIn(sums, ({ regions }) => regions),
    countsIn: () =>
      (counts ??= countEvents(scope, year).then((rows) => rowsIn(rows, ({ regions }) => regions))),
    firstIn: (region) => {
      const known = first.get(region) ?? firstOf(scope, book, region, year);
      first.set(region, known);
      return known;
    },
  };
  return book;
}

async function firstOf(
  scope: PartScope,
  book: YearBook,
  region: RegionCode,
  year: number,
): ReturnType<YearBook['firstIn']> {
  const counts = new Map<LedgerMeasure, number>();
  for (const measure of measuresOf(scope)) counts.set(measure, await eventCount(book, region, measure));
  return firstEvents(scope, region, year, counts);
}

/** A total is said by one event of its project. */
async function eventCount(book: YearBook, region: RegionCode, measure: LedgerMeasure): Promise<number> {
  if (measure === 'totalInvestment') {
    return Number(sum(book.sumsIn(region), (row) => row.projects - row.unknown_totals));
  }
  const countsIn = await book.countsIn();
  return Number(sum(countsIn(region), (row) => row[measure]));
}

type Money = Pick<Part, 'interval' | 'explanation'>;

function moneyOf(label: string, fen: bigint): Money {
  const exact = rational(fen, 100n);
  return { interval: { low: exact, high: exact }, explanation: `${label} ${printYuan(fen)} 元` };
}

function totalOf(rows: readonly Sums[]): Money {
  const fen = sum(rows, (row) => row.total);
  const unknown = sum(rows, (row) => row.unknown_totals);
  return {
    interval: { low: rational(fen, 100n), high: unknown > 0n ? null : rational(fen, 100n) },
    explanation: `总投资 ${printYuan(fen)} 元${unknown > 0n ? `，另有 ${unknown} 个项目未列总投资` : ''}`,
  };
}

function sum<T>(rows: readonly T[], amountOf: (row: T) => string | number | null): bigint {
  return rows.reduce((total, row) => total + BigInt(amountOf(row) ?? 0), 0n);
}
