import type { FundingLevel, FundingSource } from '#libs/projects/domain/vocabulary.js';
import { factsOf, lastDay, REALLOCATIONS, type Dossier } from './dossier.js';
import type { Day } from './days.js';

type CameType = 'FundsAllocated' | 'FundsDisbursed' | 'FundsReceived';
type WentType = 'FundsDisbursed' | 'FundsReceived' | 'FundsPaid' | 'FundsRecovered' | 'FundsReturned';

const STAGE_OF = {
  FundsAllocated: 'allocated',
  FundsDisbursed: 'disbursed',
  FundsReceived: 'received',
} as const satisfies Record<CameType, string>;

/** What is left of one movement of money after later ones drew on it. */
export interface Lot {
  source: FundingSource;
  level: FundingLevel | undefined;
  /** The last day its date can mean: nobody is blamed for a date printed without a day. */
  day: Day;
  id: string;
  leftFen: bigint;
}

/** Whether money ever came to the stage: the project's own, or another's. */
export const hasCome = (dossier: Dossier, came: CameType): boolean =>
  factsOf(dossier, came).length > 0 ||
  factsOf(dossier, 'FundsReallocatedIn').some(({ data }) => data.stage === STAGE_OF[came]);

/**
 * What came in and has not gone out, lot by lot, first in first out. Lots are kept by source and level; the budget
 * year does not matter, so that carrying money forward makes it no younger. Money taken from another project counts from
 * the day it was taken: what a project does not know, it is not blamed for. Whoever asks for lots reads reallocations too.
 */
export function openLots(dossier: Dossier, came: CameType, ...went: WentType[]): Lot[] {
  const gone = new Map<string, bigint>();
  const stage = STAGE_OF[came];
  const atStage = (type: (typeof REALLOCATIONS)[number]) =>
    factsOf(dossier, type).filter(({ data }) => data.stage === stage);
  for (const { data } of [...factsOf(dossier, ...went), ...atStage('FundsReallocatedOut')]) {
    gone.set(lineOf(data), (gone.get(lineOf(data)) ?? 0n) + BigInt(data.amountFen));
  }
  const lots = [...factsOf(dossier, came), ...atStage('FundsReallocatedIn')]
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
