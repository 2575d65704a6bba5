import { moneyView } from '#libs/kernel/money.js';
import type { Ledger, LedgerFigures } from '#libs/read-models/ledger/queries.js';
import { readTable } from '../table/read-table.js';
import { ledgerSheet } from './ledger-sheet.js';
import { workbookBytes } from './workbook-bytes.js';

const none = moneyView(0n);
const figures = (projects: number, paid: bigint, more: Partial<LedgerFigures> = {}): LedgerFigures => ({
  amounts: {
    planned: none,
    applied: none,
    allocated: none,
    disbursed: none,
    received: none,
    paid: moneyView(paid),
    carriedForward: none,
    carriedIn: none,
    reallocatedOut: none,
    reallocatedIn: none,
    recovered: none,
    returned: none,
    completedInvestment: none,
  },
  projects,
  totalInvestment: null,
  unknownTotals: 0,
  unsourced: null,
  entryCount: 1,
  ...more,
});
const source = (key: 'SelfRaised' | 'CentralBudgetInvestment', label: string) => ({ key, label });

const BY_SOURCE: Ledger = {
  groupBy: ['source', 'year'],
  rows: [
    { source: source('SelfRaised', '自筹资金'), year: 2025, ...figures(1, 100n) },
    { source: source('CentralBudgetInvestment', '中央预算内投资'), year: null, ...figures(1, 23_000_000n) },
  ],
  total: figures(1, 23_000_100n, { unknownTotals: 1 }),
};

it('gives a project of two rows once in the total, as a value, and the money as a formula', async () => {
  const sheet = await ledgerSheet(BY_SOURCE, {});
  expect(sheet.notes).toEqual([
    '注：1 个项目未列总投资，不在总投资合计之内。',
    '注：一个项目分列数行的，合计的项目数只计一次。',
  ]);
  const [read] = await readTable(await workbookBytes(sheet), 'a.xlsx');
  const total = read!.rows.get(7)!;
  expect(total.get(3)).toMatchObject({ text: '1', kind: 'number' });
  expect(total.get(10)).toMatchObject({ text: '23.0001', kind: 'formula' });
  expect(total.has(4)).toBe(false);
  expect(read!.rows.get(6)!.get(2)!.text).toBe('未列年度');
});

it('says in the sheet what it covers and as of when', async () => {
  const sheet = await ledgerSheet(BY_SOURCE, {
    region: '990100',
    year: 2025,
    source: null,
    category: 'Childcare',
    plannedUseYear: null,
    asEffectiveOn: '2025-12-31',
    asKnownAt: '2026-01-05T04:00:00Z',
  });
  expect(sheet.title).toBe('示例州投资台账');
  expect(sheet.scope).toBe(
    '2025 预算年度；不分来源；托育；未列 年投入使用；截至 2025-12-31 有效；截至 2026-01-05T04:00:00Z 所记录',
  );
});

it('ungrouped, is the total alone', async () => {
  const sheet = await ledgerSheet({ groupBy: [], rows: [], total: figures(2, 100n) }, {}, '元');
  const [read] = await readTable(await workbookBytes(sheet), 'a.xlsx');
  expect([...read!.rows.get(5)!.values()].map(({ text, kind }) => `${text} ${kind}`).slice(0, 3)).toEqual([
    '合计 text',
    '2 number',
    '0 number',
  ]);
});
