import type { FundingLevel, FundingSource } from '#libs/projects/domain/vocabulary.js';
import { factsOf, lastDay, type Dossier } from './dossier.js';
import type { Day } from './days.js';

type FundType = 'FundsAllocated' | 'FundsDisbursed' | 'FundsReceived' | 'FundsPaid' | 'FundsRecovered';

/** What is left of one movement of money after later ones drew on it. */
export interface Lot {
  source: FundingSource;
  level: FundingLevel | undefined;
  /** The last day its date can mean: nobody is blamed for a date printed without a day. */
  day: Day;
  id: string;
  leftFen: bigint;
}

/**
 * What came in and has not gone out, lot by lot, first in first out. Lots are kept by source and level; the budget
 * year does not matter, so that carrying money forward makes it no younger.
 */
export function openLots(dossier: Dossier, came: FundType, ...went: FundType[]): Lot[] {
  const gone = new Map<string, bigint>();
  for (const { data } of factsOf(dossier, ...went)) {
    gone.set(lineOf(data), (gone.get(lineOf(data)) ?? 0n) + BigInt(data.amountFen));
  }
  const lots = factsOf(dossier, came)
    .map((fact) => ({ fact, day: lastDay(fact) }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.fact.n - b.fact.n));
  return lots.flatMap(({ fact: { id, data }, day }) => {
    const amount = BigInt(data.amountFen);
    const open = gone.get(lineOf(data)) ?? 0n;
    const drawn = open < amount ? open : amount;
    gone.set(lineOf(data), open - drawn);
    return amount > drawn
      ? [{ source: data.source, level: data.level, day, id, leftFen: amount - drawn }]
      : [];
  });
}

function lineOf({ source, level }: { source: string; level?: string | undefined }): string {
  return `${source}/${level ?? ''}`;
}
