import type { ClientBase } from 'pg';
import type { Stamp } from '../facts.js';
import { RunningSums, type SumTable } from './running-sums.js';
import type { Transfer } from './transfers.js';

/** Column of the sums that each stage's lines are added up in. */
export const AMOUNT_OF_STAGE: Readonly<Record<Transfer['stage'], string>> = {
  planned: 'planned',
  applied: 'applied',
  allocated: 'allocated',
  disbursed: 'disbursed',
  received: 'received',
  paid: 'paid',
  carriedForward: 'carried_forward',
  recovered: 'recovered',
  completedInvestment: 'completed_investment',
  reallocatedOut: 'reallocated_out',
  reallocatedIn: 'reallocated_in',
  returned: 'returned',
};
export const STAGE_AMOUNTS: readonly string[] = Object.values(AMOUNT_OF_STAGE);

/** Columns of `ledger_balance`: of a year, also what came into it from an earlier one. */
export const BALANCE_AMOUNTS: readonly string[] = [...STAGE_AMOUNTS, 'carried_in'];

/** Columns of `ledger_month` and `ledger_year`: of what was received, also what came straight from the plan and was not disbursed. */
export const SPAN_AMOUNTS: readonly string[] = [...STAGE_AMOUNTS, 'received_directly'];

const BALANCES: SumTable = {
  name: 'ledger_balance',
  key: { project_id: 'uuid', source: 'text', level: 'text', year: 'smallint' },
  amounts: BALANCE_AMOUNTS,
  counts: ['lines', 'lines_in'],
};
/** What lines are summed up by, of both times, beside the balances: the months and the years. */
export const SPANS = ['month', 'year'] as const;
export type Span = (typeof SPANS)[number];
const sumsBy = (span: Span): SumTable => ({
  name: `ledger_${span}`,
  key: {
    ...BALANCES.key,
    carried_to: 'smallint',
    held_at: 'text',
    [`recorded_${span}`]: 'date',
    [`effective_${span}`]: 'date',
    part: 'smallint',
  },
  amounts: SPAN_AMOUNTS,
  counts: ['lines'],
});
/** The part of each sum that batches add to. */
const KEPT_PART = 0;
const AMOUNTS = Object.keys(AMOUNT_OF_STAGE);
const CARRIED_IN = BALANCE_AMOUNTS.indexOf('carried_in');
const RECEIVED_DIRECTLY = SPAN_AMOUNTS.indexOf('received_directly');

/** Stages whose money stays at an account, which the stage does not tell, while its year or its project changes. */
const STAYING: ReadonlyMap<Transfer['stage'], 'from' | 'to'> = new Map([
  ['carriedForward', 'from'],
  ['reallocatedOut', 'from'],
  ['reallocatedIn', 'to'],
]);

/** What a batch of journal lines adds to the sums that stand beside the journal. */
export class LedgerSums {
  private readonly balances = new RunningSums(BALANCES);
  private readonly bySpan = SPANS.map((span) => ({ span, sums: new RunningSums(sumsBy(span)) }));

  add({ projectId, recordedAt, effectiveTo }: Stamp, transfer: Transfer): void {
    const { stage, amountFen } = transfer;
    const year = transfer.fromYear ?? 0;
    const carriedTo = stage === 'carriedForward' ? (transfer.toYear ?? 0) : 0;
    const line = [projectId, transfer.source ?? '', transfer.level ?? ''] as const;
    const amount = AMOUNTS.indexOf(stage);
    const balance = this.balances.at(...line, year);
    balance.amounts[amount]! += amountFen;
    balance.counts[0]! += 1;
    const heldAt = STAYING.has(stage) ? transfer[STAYING.get(stage)!] : '';
    for (const { span, sums } of this.bySpan) {
      const times = [startOf(span, recordedAt), startOf(span, effectiveTo)] as const;
      const sum = sums.at(...line, year, carriedTo, heldAt, ...times, KEPT_PART);
      sum.amounts[amount]! += amountFen;
      if (stage === 'received' && transfer.from === 'planned') sum.amounts[RECEIVED_DIRECTLY]! += amountFen;
      sum.counts[0]! += 1;
    }
    if (carriedTo === 0) return;
    const next = this.balances.at(...line, carriedTo);
    next.amounts[CARRIED_IN]! += amountFen;
    next.counts[1]! += 1;
  }

  async write(client: ClientBase): Promise<void> {
    await this.balances.write(client);
    for (const { sums } of this.bySpan) await sums.write(client);
  }
}

/** The first day of the month or year; of an instant, that in UTC. */
function startOf(span: Span, time: string): string {
  return span === 'month' ? `${time.slice(0, 7)}-01` : `${time.slice(0, 4)}-01-01`;
}
