import type { Ledger, LedgerDimension, LedgerFigures, LedgerRow } from '#libs/read-models/ledger/queries.js';
import { FUND_STAGES } from '#libs/projects/domain/vocabulary.js';
import type { Column, Table } from '../output/table.js';
import { amount, NONE, yearCell, type Unit } from './cells.js';

const DIMENSIONS: Record<LedgerDimension, { header: string; cell: (row: LedgerRow) => string }> = {
  project: { header: '项目', cell: (row) => row.project?.name ?? NONE },
  source: { header: '资金来源', cell: (row) => row.source?.label ?? '不分来源' },
  year: { header: '预算年度', cell: (row) => yearCell(row.year ?? null, '未列年度') },
  region: { header: '地区', cell: (row) => row.region?.label ?? NONE },
  category: { header: '项目类型', cell: (row) => row.category?.label ?? NONE },
  plannedUseYear: { header: '投入使用年份', cell: (row) => yearCell(row.plannedUseYear ?? null, '未列') },
};

type AmountKey = keyof LedgerFigures['amounts'];
const AMOUNTS: [AmountKey, string][] = [
  ['planned', '资金计划'],
  ['applied', FUND_STAGES.applied],
  ['allocated', FUND_STAGES.allocated],
  ['disbursed', FUND_STAGES.disbursed],
  ['received', FUND_STAGES.received],
  ['paid', FUND_STAGES.paid],
  ['carriedIn', '上年结转'],
  ['carriedForward', '结转下年'],
  ['reallocatedIn', FUND_STAGES.reallocatedIn],
  ['reallocatedOut', FUND_STAGES.reallocatedOut],
  ['recovered', FUND_STAGES.recovered],
  ['returned', FUND_STAGES.returned],
  ['completedInvestment', FUND_STAGES.completedInvestment],
];

/**
 * For people, stages at which no row has money are left out and named below the table; for programs (`plain`) every
 * column is there, and no thousands separator.
 */
export function ledgerTable(ledger: Ledger, unit: Unit, plain = false): Table {
  const used = AMOUNTS.filter(
    ([key]) => plain || [...ledger.rows, ledger.total].some((row) => row.amounts[key].fen !== '0'),
  );
  const figures = (row: LedgerFigures) => [
    String(row.projects),
    amount(row.totalInvestment, unit, plain),
    ...used.map(([key]) => amount(row.amounts[key], unit, plain)),
    amount(row.unsourced, unit, plain),
  ];
  const dimensions = ledger.groupBy.map((dimension) => DIMENSIONS[dimension]);
  const rows = ledger.rows.map((row) => [...dimensions.map(({ cell }) => cell(row)), ...figures(row)]);
  const label = dimensions.map((_, n) => (n === 0 ? '合计' : ''));
  const total = [...label, ...figures(ledger.total)];
  return {
    title: `投资台账（单位：${unit}）`,
    columns: [
      ...dimensions.map(({ header }): Column => ({ header, maxWidth: 40 })),
      ...['项目数', '总投资', ...used.map(([, header]) => header), '来源未列'].map((header): Column => ({
        header: plain && header !== '项目数' ? `${header}（${unit}）` : header,
        align: 'right',
      })),
    ],
    rows: dimensions.length > 0 ? rows : [total],
    ...(dimensions.length > 0 && { totals: [total] }),
    notes: notes(ledger, used.length),
  };
}

function notes({ total }: Ledger, shown: number): string[] {
  const notes: string[] = [];
  if (total.unknownTotals > 0) notes.push(`${total.unknownTotals} 个项目未列总投资，不在总投资合计之内。`);
  if (shown < AMOUNTS.length) notes.push('各行均为零的阶段不列出。');
  return notes;
}
