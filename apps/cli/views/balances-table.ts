import type {
  AccountBalances,
  AccountDimension,
  AccountFigures,
  AccountRow,
} from '#libs/read-models/ledger/account-queries.js';
import type { Column, Table } from '../output/table.js';
import { amount, NONE, yearCell, type Unit } from './cells.js';

const DIMENSIONS: Record<AccountDimension, { header: string; cell: (row: AccountRow) => string }> = {
  project: { header: '项目', cell: (row) => row.project?.name ?? NONE },
  source: { header: '资金来源', cell: (row) => row.source?.label ?? '不分来源' },
  level: { header: '级次', cell: (row) => row.level?.label ?? NONE },
  year: { header: '预算年度', cell: (row) => yearCell(row.year ?? null, '未列年度') },
};

/** The stage accounts; their total shows that nothing came from nowhere. */
export function balancesTable({ groupBy, rows, total }: AccountBalances, unit: Unit, plain = false): Table {
  const figures = ({ entered, left, balance }: AccountFigures) =>
    [entered, left, balance].map((view) => amount(view, unit, plain));
  const dimensions = groupBy.map((dimension) => DIMENSIONS[dimension]);
  return {
    title: `科目余额（单位：${unit}）`,
    columns: [
      ...dimensions.map(({ header }): Column => ({ header, maxWidth: 40 })),
      { header: '科目' },
      ...['转入', '转出', '余额'].map((header): Column => ({
        header: plain ? `${header}（${unit}）` : header,
        align: 'right',
      })),
    ],
    rows: rows.map((row) => [...dimensions.map(({ cell }) => cell(row)), row.account.label, ...figures(row)]),
    totals: [['合计', ...dimensions.map(() => ''), ...figures(total)]],
  };
}
