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

const BALANCES: SumTable = {
  name: 'ledger_balance',
  key: { project_id: 'uuid', source: 'text', level: 'text', year: 'smallint' },
  amounts: BALANCE_AMOUNTS,
  counts: ['lines', 'lines_in'],
};
const MONTHS: SumTable = {
  name: 'ledger_month',
  key: {
    project_id: 'uuid',
    source: 'text',
    level: 'text',
    stage: 'text',
    from_account: 'text',
    from_year: 'smallint',
    to_account: 'text',
    to_year: 'smallint',
    recorded_month: 'date',
    effective_month: 'date',
  },
  amounts: ['amount_fen'],
  counts: ['lines'],
};
const AMOUNTS = Object.keys(AMOUNT_OF_STAGE);
const CARRIED_IN = BALANCE_AMOUNTS.indexOf('carried_in');

/** What a batch of journal lines adds to the sums that stand beside the journal. */
export class LedgerSums {
  private readonly balances = new RunningSums(BALANCES);
  private readonly months = new RunningSums(MONTHS);

  add({ projectId, recordedAt, effectiveTo }: Stamp, transfer: Transfer): void {
    const { source, level, stage, from, fromYear, to, toYear, amountFen } = transfer;
    const months = [monthOf(recordedAt), monthOf(effectiveTo)] as const;
    const month = this.months.at(projectId, source, level, stage, from, fromYear, to, toYear, ...months);
    month.amounts[0]! += amountFen;
    month.counts[0]! += 1;
    const balance = this.balances.at(projectId, source ?? '', level ?? '', fromYear ?? 0);
    balance.amounts[AMOUNTS.indexOf(stage)]! += amountFen;
    balance.counts[0]! += 1;
    if (stage !== 'carriedForward') return;
    const next = this.balances.at(projectId, source ?? '', level ?? '', toYear ?? 0);
    next.amounts[CARRIED_IN]! += amountFen;
    next.counts[1]! += 1;
  }

  async write(client: ClientBase): Promise<void> {
    await this.balances.write(client);
    await this.months.write(client);
  }
}

/** The first day of the month; of an instant, the month in UTC. */
function monthOf(time: string): string {
  return `${time.slice(0, 7)}-01`;
}
