import type { Fen } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import { isDirect, type CarryStage, type LineKey } from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { FUNDING_SOURCES, FUND_STAGES } from '../vocabulary.js';
import { positiveFen } from './guards.js';
import { assertYears, yearsOf } from './years.js';

export interface FundData extends LineKey {
  amountFen: string;
  priorYear?: true;
  toYear?: number;
}

/** The amount, once it is positive and its years may be written in. */
export function amountOf(data: FundData, state: ProjectState, effectiveDate: PartialDate, what: string): Fen {
  const amount = positiveFen(data.amountFen, what);
  assertYears(state, yearsOf(data, effectiveDate), data.priorYear);
  return amount;
}

export function assertFiscal({ source }: LineKey, stage: 'applied' | 'returned' | CarryStage): void {
  if (!isDirect(source)) return;
  refuse(
    'funds.stageNotForSource',
    stage === 'received' || stage === 'returned'
      ? `${FUNDING_SOURCES[source]}不是财政性资金，不调剂也不上缴`
      : `${FUNDING_SOURCES[source]}直接到位，没有“${FUND_STAGES[stage]}”环节；请登记到位`,
    { source, stage },
  );
}
