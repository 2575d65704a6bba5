import type { ClientBase } from 'pg';
import type { Transfer } from './transfers.js';

/** Columns of `ledger_balance` in the order of the amounts below. */
export const BALANCE_AMOUNTS = [
  'planned',
  'applied',
  'allocated',
  'disbursed',
  'received',
  'paid',
  'carried_forward',
  'carried_in',
  'recovered',
  'completed_investment',
] as const;

const AMOUNT_OF_STAGE: Record<Transfer['stage'], number> = {
  planned: 0,
  applied: 1,
  allocated: 2,
  disbursed: 3,
  received: 4,
  paid: 5,
  carriedForward: 6,
  recovered: 8,
  completedInvestment: 9,
};
const CARRIED_IN = 7;

interface Change {
  projectId: string;
  source: string;
  level: string;
  year: number;
  amounts: bigint[];
  lines: number;
  linesIn: number;
}

const SUMS = [...BALANCE_AMOUNTS, 'lines', 'lines_in'];
const UPSERT = `
  insert into ledger_balance as b (project_id, source, level, year, ${SUMS.join(', ')})
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[],
    ${BALANCE_AMOUNTS.map((_, i) => `$${i + 5}::bigint[]`).join(', ')}, $15::integer[], $16::integer[])
  on conflict (project_id, source, level, year)
  do update set ${SUMS.map((sum) => `${sum} = b.${sum} + excluded.${sum}`).join(', ')}`;

/** What a batch of transfers changes in the balances: summed here, written with one statement. */
export class BalanceChanges {
  private readonly changes = new Map<string, Change>();

  add(projectId: string, transfer: Transfer): void {
    const change = this.at(projectId, transfer, transfer.fromYear);
    change.amounts[AMOUNT_OF_STAGE[transfer.stage]]! += transfer.amountFen;
    change.lines += 1;
    if (transfer.stage !== 'carriedForward') return;
    const next = this.at(projectId, transfer, transfer.toYear);
    next.amounts[CARRIED_IN]! += transfer.amountFen;
    next.linesIn += 1;
  }

  async write(client: ClientBase): Promise<void> {
    const changes = [...this.changes.values()];
    if (changes.length === 0) return;
    await client.query({
      name: 'ledger-balance-upsert',
      text: UPSERT,
      values: [
        changes.map((c) => c.projectId),
        changes.map((c) => c.source),
        changes.map((c) => c.level),
        changes.map((c) => c.year),
        ...BALANCE_AMOUNTS.map((_, i) => changes.map((c) => c.amounts[i]!.toString())),
        changes.map((c) => c.lines),
        changes.map((c) => c.linesIn),
      ],
    });
  }

  private at(projectId: string, { source, level }: Transfer, year: number | null): Change {
    const key = `${projectId}${source ?? ''}/${level ?? ''}/${year ?? 0}`;
    let change = this.changes.get(key);
    if (!change) {
      const amounts = BALANCE_AMOUNTS.map(() => 0n);
      change = {
        projectId,
        source: source ?? '',
        level: level ?? '',
        year: year ?? 0,
        amounts,
        lines: 0,
        linesIn: 0,
      };
      this.changes.set(key, change);
    }
    return change;
  }
}
