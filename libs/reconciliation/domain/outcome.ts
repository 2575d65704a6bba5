import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { LedgerItem, Match, Matching, StatementLine } from './match.js';

/** How many lines, items or pairs of each kind an event names; the counts and sums are of all of them. */
const NAMED_AT_MOST = 200;
/** Size of one such list in characters of JSON: three of them stay below the 1 MB that EventStoreDB takes at once. */
const NAMED_CHARACTERS = 60_000;

export interface SourceBalance {
  source: FundingSource;
  statementFen: string;
  ledgerFen: string;
}

/** A number of things of one kind with their sum, and the first of them. */
export interface Some<T> {
  count: number;
  totalFen: string;
  items: T[];
}

/** What the comparison of a statement with the ledger came to. */
export interface Outcome {
  /** `agreed`: every line has its item by its document or as confirmed, in the same source, and none is left over. */
  outcome: 'agreed' | 'differing';
  statementLines: number;
  ledgerItems: number;
  balances: SourceBalance[];
  matched: { exact: number; document: number; proposed: number };
  statementOnly: Some<StatementLine>;
  ledgerOnly: Some<LedgerItem>;
  /** Pairs that somebody has to look at: proposed ones, and those found by document that do not agree in the rest. */
  doubtful: Some<Match>;
  /** Pairs that somebody confirmed; absent where there are none. */
  confirmed?: Some<Match>;
}

export function outcomeOf(matching: Matching): Outcome {
  const { matches, statementOnly, ledgerOnly } = matching;
  const lines = [...matches.map(({ line }) => line), ...statementOnly];
  const items = [...matches.map(({ item }) => item), ...ledgerOnly];
  const count = (basis: Match['basis']) => matches.filter((match) => match.basis === basis).length;
  const matched = { exact: count('exact'), document: count('document'), proposed: count('proposed') };
  const agreed =
    statementOnly.length + ledgerOnly.length + matched.proposed === 0 &&
    matches.every(({ differs }) => !differs.includes('source'));
  const confirmed = matches.filter(({ basis }) => basis === 'confirmed');
  return {
    outcome: agreed ? 'agreed' : 'differing',
    statementLines: lines.length,
    ledgerItems: items.length,
    balances: balancesOf(lines, items),
    matched,
    statementOnly: some(statementOnly, (line) => line),
    ledgerOnly: some(ledgerOnly, (item) => item),
    doubtful: some(
      matches.filter(
        ({ basis, differs }) => basis === 'proposed' || (basis === 'document' && differs.length > 0),
      ),
      ({ line }) => line,
    ),
    ...(confirmed.length > 0 && { confirmed: some(confirmed, ({ line }) => line) }),
  };
}

function balancesOf(lines: readonly StatementLine[], items: readonly LedgerItem[]): SourceBalance[] {
  const sources = [...new Set([...lines, ...items].map(({ source }) => source))].sort();
  return sources.map((source) => ({
    source,
    statementFen: sumFen(lines.filter((line) => line.source === source)),
    ledgerFen: sumFen(items.filter((item) => item.source === source)),
  }));
}

function some<T>(all: readonly T[], amountOf: (each: T) => { amountFen: string }): Some<T> {
  return { count: all.length, totalFen: sumFen(all.map(amountOf)), items: theFirst(all) };
}

function theFirst<T>(all: readonly T[]): T[] {
  let characters = 0;
  return all.slice(0, NAMED_AT_MOST).filter((each) => {
    characters += JSON.stringify(each).length;
    return characters <= NAMED_CHARACTERS;
  });
}

export function sumFen(all: readonly { amountFen: string }[]): string {
  return all.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n).toString();
}
