import { idFor } from '#libs/kernel/ids.js';
import type { LedgerItem, StatementLine } from '../domain/match.js';

/** A line of a statement, and a payment that agrees with it in all. */
export const line = (row: number, more: Partial<StatementLine> = {}): StatementLine => ({
  sheet: '流水',
  row,
  date: '2025-06-01',
  documentNumber: '示例支〔2025〕1号',
  payee: '示例建设公司',
  amountFen: '100000',
  source: 'CentralBudgetInvestment',
  ...more,
});
export const item = (n: number, more: Partial<LedgerItem> = {}): LedgerItem => ({
  eventId: idFor('item', String(n)),
  kind: 'payment',
  project: { id: idFor('project', '1'), name: '示例福利院', code: null },
  date: '2025-06-01',
  documentNumber: '示例支〔2025〕1号',
  payees: ['示例建设公司'],
  amountFen: '100000',
  source: 'CentralBudgetInvestment',
  ...more,
});
