import type { Fen } from '#libs/kernel/money.js';
import type { FundingPlanLine } from './events.js';
import { DIRECT_SOURCES, type FundingLevel, type FundingSource } from './vocabulary.js';

/** One source line of one budget year: what money is kept apart by. */
export interface LineKey {
  source: FundingSource;
  level?: FundingLevel | undefined;
  budgetYear: number;
}

export type CarryStage = 'allocated' | 'disbursed' | 'received';
/**
 * What can be added up on a line. Carried amounts are counted per stage, out of this year and into it; reallocated ones
 * too, given to another project and taken from one.
 */
export type Flow =
  | 'applied'
  | 'allocated'
  | 'disbursed'
  | 'received'
  | 'paid'
  | 'recovered'
  | 'returned'
  | `${CarryStage}In`
  | `${CarryStage}Out`
  | `${CarryStage}Given`
  | `${CarryStage}Taken`;
export type LineTotals = Record<Flow, Fen>;

/** What stands at each stage of one line now, having come from the one before and not gone on to the next. */
export type Balances = Record<'applied' | CarryStage | 'paid' | 'recovered' | 'returned', Fen>;

const emptyLine = (): LineTotals => ({
  applied: 0n,
  allocated: 0n,
  disbursed: 0n,
  received: 0n,
  paid: 0n,
  recovered: 0n,
  returned: 0n,
  allocatedIn: 0n,
  allocatedOut: 0n,
  disbursedIn: 0n,
  disbursedOut: 0n,
  receivedIn: 0n,
  receivedOut: 0n,
  allocatedGiven: 0n,
  allocatedTaken: 0n,
  disbursedGiven: 0n,
  disbursedTaken: 0n,
  receivedGiven: 0n,
  receivedTaken: 0n,
});
const NOTHING: Readonly<LineTotals> = Object.freeze(emptyLine());

/**
 * The money of one project. Only totals per flow are kept, so a reversal takes its amount out again no matter in what
 * order it comes; balances by stage are derived from them. Belongs to one fold and is changed in place.
 */
export class MoneyLines {
  private readonly lines = new Map<string, { key: LineKey; totals: LineTotals }>();

  add(key: LineKey, flow: Flow, amount: Fen): void {
    const id = lineId(key);
    let line = this.lines.get(id);
    if (!line) this.lines.set(id, (line = { key: keyOf(key), totals: emptyLine() }));
    line.totals[flow] += amount;
  }

  totals(key: LineKey): Readonly<LineTotals> {
    return this.lines.get(lineId(key))?.totals ?? NOTHING;
  }

  balances(key: LineKey): Balances {
    return balancesOf(key.source, this.totals(key));
  }

  all(): { key: LineKey; totals: Readonly<LineTotals> }[] {
    return [...this.lines.values()];
  }
}

export function isDirect(source: FundingSource): boolean {
  return DIRECT_SOURCES.has(source);
}

/**
 * Fiscal money walks planned → applied → allocated → disbursed → received → paid; an allocation without an application
 * (转移支付 often has none) passes through `applied` at once. Direct money walks planned → received → paid.
 */
export function balancesOf(source: FundingSource, totals: Readonly<LineTotals>): Balances {
  const t = totals;
  const left = { paid: t.paid, recovered: t.recovered, returned: t.returned };
  const received = t.received + movedAlong(t, 'received') - t.paid - t.recovered - t.returned;
  if (isDirect(source)) return { applied: 0n, allocated: 0n, disbursed: 0n, received, ...left };
  return {
    applied: claimOf(source, t) + handedOver(t) - t.allocated,
    allocated: t.allocated + movedAlong(t, 'allocated') - t.disbursed,
    disbursed: t.disbursed + movedAlong(t, 'disbursed') - t.received,
    received,
    ...left,
  };
}

/** What came to a stage of a line from other years and projects, less what went to them. */
export function movedAlong(t: Readonly<LineTotals>, stage: CarryStage): Fen {
  return t[`${stage}In`] - t[`${stage}Out`] + t[`${stage}Taken`] - t[`${stage}Given`];
}

/** What a line gave to other projects, less what it took from them. */
export function handedOver(t: Readonly<LineTotals>): Fen {
  const given = t.allocatedGiven + t.disbursedGiven + t.receivedGiven;
  return given - t.allocatedTaken - t.disbursedTaken - t.receivedTaken;
}

/**
 * How much of the plan a line has used: what it applied for or was allotted, whichever is more, since an application
 * holds its amount until it is answered; what was received of direct money. Money handed over to another project is
 * claimed there.
 */
export function claimOf(source: FundingSource, totals: Readonly<LineTotals>): Fen {
  if (isDirect(source)) return totals.received;
  const { applied, allocated } = totals;
  return (applied > allocated ? applied : allocated) - handedOver(totals);
}

/** What all lines together have used. */
export function claimed(money: MoneyLines): Fen {
  return money.all().reduce((sum, { key, totals }) => sum + claimOf(key.source, totals), 0n);
}

/**
 * What the plan allows a line: its own year's amount, and of the source's amounts without a year (a plan need not
 * print one) what other years have not used beyond their own.
 */
export function planLimit(plan: readonly FundingPlanLine[], money: MoneyLines, key: LineKey): Fen {
  const undated = planned(plan, key, undefined);
  const usedElsewhere = money
    .all()
    .filter((line) => sameSource(line.key, key) && line.key.budgetYear !== key.budgetYear)
    .map((line) => claimOf(key.source, line.totals) - planned(plan, key, line.key.budgetYear))
    .reduce((sum, excess) => sum + (excess > 0n ? excess : 0n), 0n);
  const free = undated - usedElsewhere;
  return planned(plan, key, key.budgetYear) + (free > 0n ? free : 0n);
}

/** Lines that use more than a plan allows, with the two figures. Empty: the plan covers what happened. */
export function linesOverPlan(plan: readonly FundingPlanLine[], money: MoneyLines) {
  return money
    .all()
    .map(({ key, totals }) => ({
      key,
      claim: claimOf(key.source, totals),
      limit: planLimit(plan, money, key),
    }))
    .filter(({ claim, limit }) => claim > limit);
}

/**
 * Every account of the double entry: what the plan opened stands against it as `budget`, what no line has used as
 * `planned`. The sum over all is zero, whatever was recorded.
 */
export function accountsOf(plan: readonly FundingPlanLine[], money: MoneyLines): [string, Fen][] {
  const opened = plan.reduce((sum, line) => sum + BigInt(line.amountFen), 0n);
  const used = claimed(money);
  const stages = money
    .all()
    .flatMap(({ key, totals }) =>
      Object.entries(balancesOf(key.source, totals)).map(([stage, fen]): [string, Fen] => [
        `${lineId(key)}/${stage}`,
        fen,
      ]),
    );
  return [['budget', -opened], ['planned', opened - used], ...stages];
}

function planned(plan: readonly FundingPlanLine[], key: LineKey, budgetYear: number | undefined): Fen {
  return plan
    .filter((line) => sameSource(line, key) && line.budgetYear === budgetYear)
    .reduce((sum, line) => sum + BigInt(line.amountFen), 0n);
}

function sameSource(a: Pick<LineKey, 'source' | 'level'>, b: Pick<LineKey, 'source' | 'level'>): boolean {
  return a.source === b.source && a.level === b.level;
}

function keyOf({ source, level, budgetYear }: LineKey): LineKey {
  return { source, level, budgetYear };
}

function lineId({ source, level, budgetYear }: LineKey): string {
  return `${source}/${level ?? ''}/${budgetYear}`;
}
