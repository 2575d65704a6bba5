import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';

/** What stands at each account, `source/level/year/account` → fen; accounts at zero are left out. */
export type Accounts = ReadonlyMap<string, bigint>;

interface FundData {
  source: string;
  level?: string;
  budgetYear: number;
  amountFen: string;
}

/** From which account to which each fact of money moves it. */
const STEPS: Record<string, readonly [from: string, to: string]> = {
  FundsApplied: ['planned', 'applied'],
  FundsAllocated: ['applied', 'allocated'],
  FundsDisbursed: ['allocated', 'disbursed'],
  FundsReceived: ['disbursed', 'received'],
  FundsPaid: ['received', 'paid'],
  FundsRecovered: ['received', 'recovered'],
  FundsReturned: ['received', 'returned'],
};

/** Self-raised money comes to the project directly; of the sources that are drawn it is the only one. */
const fromOf = (type: string, source: string) =>
  type === 'FundsReceived' && source === 'SelfRaised' ? 'planned' : STEPS[type]![0];

/**
 * The ledger of one project by the plainest means, sharing nothing with deciders or projections: strike out what was
 * reversed, begin with nothing, take the plan in force, then move each amount once.
 */
export function oracle(events: readonly DatedProjectEvent[]): Accounts {
  const struckOut = new Set(
    events.flatMap((event) => (event.type === 'EntryReversed' ? [event.data.reversed.id] : [])),
  );
  const standing = events.filter(({ id }) => !struckOut.has(id));
  const accounts = new Map<string, bigint>();
  const add = (source: string, level: string, year: number | string, account: string, fen: bigint) => {
    const key = `${source}/${level}/${year}/${account}`;
    accounts.set(key, (accounts.get(key) ?? 0n) + fen);
  };

  const plan = standing.findLast(({ type }) => type === 'FundingPlanned' || type === 'FundingPlanRevised');
  const { lines = [] } = (plan?.data ?? {}) as {
    lines?: (Omit<FundData, 'budgetYear'> & { budgetYear?: number })[];
  };
  for (const { source, level = '', budgetYear = '', amountFen } of lines) {
    add(source, level, budgetYear, 'sources', -BigInt(amountFen));
    add(source, level, budgetYear, 'planned', BigInt(amountFen));
  }
  for (const { type, data } of standing) {
    if (type in STEPS) {
      const { source, level = '', budgetYear, amountFen } = data as FundData;
      add(source, level, budgetYear, fromOf(type, source), -BigInt(amountFen));
      add(source, level, budgetYear, STEPS[type]![1], BigInt(amountFen));
    }
    if (type === 'FundsCarriedForward') {
      const { source, level = '', budgetYear, toYear, stage, amountFen } = data;
      add(source, level, budgetYear, stage, -BigInt(amountFen));
      add(source, level, toYear, stage, BigInt(amountFen));
    }
    if (type === 'FundsReallocatedOut' || type === 'FundsReallocatedIn') {
      const { source, level = '', budgetYear, stage, amountFen } = data;
      const taken = type === 'FundsReallocatedIn' ? BigInt(amountFen) : -BigInt(amountFen);
      add(source, level, budgetYear, stage, taken);
      add(source, level, budgetYear, 'reallocated', -taken);
    }
    if (type === 'ProgressReported') {
      add('', '', data.month.slice(0, 4), 'work', -BigInt(data.completedFen));
      add('', '', data.month.slice(0, 4), 'completedInvestment', BigInt(data.completedFen));
    }
  }
  return withoutZeros(accounts);
}

export function withoutZeros(accounts: Accounts): Accounts {
  return new Map([...accounts].filter(([, fen]) => fen !== 0n));
}

/** Where the first differs from the second. */
export function differences(found: Accounts, expected: Accounts): string[] {
  const keys = new Set([...found.keys(), ...expected.keys()]);
  return [...keys]
    .filter((key) => found.get(key) !== expected.get(key))
    .map((key) => `${key}: ${found.get(key) ?? 0n} instead of ${expected.get(key) ?? 0n}`);
}

/**
 * Accounts that owe instead of holding: where money comes from, an application nobody made (allotted unasked), and what
 * came from another project.
 */
const MAY_OWE = ['sources', 'work', 'applied', 'reallocated'];

/**
 * What does not hold of the accounts: they sum up to zero, and none that holds money is below zero. Years share a plan
 * that prints none, so `planned` counts by source line, less what was allotted unasked, and with what another project
 * took of it or brought.
 */
export function faultsOf(accounts: Accounts): string[] {
  const faults: string[] = [];
  const sum = [...accounts.values()].reduce((total, fen) => total + fen, 0n);
  if (sum !== 0n) faults.push(`all accounts sum up to ${sum}`);
  const unused = new Map<string, bigint>();
  for (const [key, fen] of accounts) {
    const [source, level, , account] = key.split('/') as [string, string, string, string];
    if (account === 'planned' || account === 'reallocated' || (account === 'applied' && fen < 0n)) {
      const line = `${source}/${level}`;
      unused.set(line, (unused.get(line) ?? 0n) + fen);
    } else if (!MAY_OWE.includes(account) && fen < 0n) faults.push(`${key} stands at ${fen}`);
  }
  for (const [line, fen] of unused) if (fen < 0n) faults.push(`the plan of ${line} is overdrawn by ${-fen}`);
  return faults;
}
