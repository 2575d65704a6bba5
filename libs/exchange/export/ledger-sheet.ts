import { regionName } from '#libs/kernel/regions.js';
import { mapInTurns } from '#libs/kernel/turns.js';
import { FUND_STAGES, FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import type {
  Ledger,
  LedgerDimension,
  LedgerFigures,
  LedgerFilter,
  LedgerRow,
} from '#libs/read-models/ledger/queries.js';
import { asOfWords } from './as-of-words.js';
import {
  isSum,
  type AmountUnit,
  type ExportColumn,
  type ExportSheet,
  type ExportValue,
  type HeaderCell,
} from './sheet-model.js';

const DIMENSIONS: Record<
  LedgerDimension,
  { header: string; column: ExportColumn; cell: (row: LedgerRow) => string }
> = {
  project: { header: '项目名称', column: wide(36), cell: ({ project }) => project?.name ?? '' },
  source: { header: '资金来源', column: wide(18), cell: ({ source }) => source?.label ?? '不分来源' },
  year: { header: '预算年度', column: word(10), cell: ({ year }) => String(year ?? '未列年度') },
  region: { header: '地区', column: wide(22), cell: ({ region }) => region?.label ?? '' },
  category: { header: '项目类型', column: word(12), cell: ({ category }) => category?.label ?? '' },
  plannedUseYear: {
    header: '投入使用年份',
    column: word(14),
    cell: (row) => String(row.plannedUseYear ?? '未列'),
  },
};

type AmountKey = keyof LedgerFigures['amounts'];
const FLOW: readonly AmountKey[] = ['applied', 'allocated', 'disbursed', 'received', 'paid'];
const CARRIED: readonly AmountKey[] = [
  'carriedIn',
  'carriedForward',
  'reallocatedIn',
  'reallocatedOut',
  'recovered',
  'returned',
];
const LABELS: Record<AmountKey, string> = {
  ...FUND_STAGES,
  carriedIn: '上年结转',
  carriedForward: '结转下年',
};

/** The ledger as a bureau files it: every stage a column, whether money stands there or not; others have their turns. */
export async function ledgerSheet(
  ledger: Ledger,
  filter: LedgerFilter,
  unit: AmountUnit = '万元',
): Promise<ExportSheet> {
  const dimensions = ledger.groupBy.map((dimension) => DIMENSIONS[dimension]);
  const keys = dimensions.length > 0 ? dimensions.map(({ column }) => column) : [word(12)];
  const headers = dimensions.length > 0 ? dimensions.map(({ header }) => header) : ['范围'];
  const label = ['合计', ...headers.slice(1).map(() => null)];
  const sheet: ExportSheet = {
    name: '投资台账',
    title: `${filter.region === undefined ? '' : regionName(filter.region)}投资台账`,
    scope: scopeOf(filter),
    unit,
    columns: [...keys, { kind: 'count', width: 9 }, ...Array.from({ length: 15 }, amountColumn)],
    header: headerOf(headers),
    rows: await mapInTurns(ledger.rows, (row) => [
      ...dimensions.map(({ cell }) => cell(row)),
      ...figuresOf(row),
    ]),
    total: [...label, ...figuresOf(ledger.total)],
    notes: ledger.total.unknownTotals > 0 ? [unknownTotals(ledger.total.unknownTotals)] : [],
  };
  const countsOnce = ledger.rows.length > 0 && !isSum(sheet, keys.length);
  return countsOnce ? { ...sheet, notes: [...sheet.notes, COUNTED_ONCE] } : sheet;
}

const COUNTED_ONCE = '注：一个项目分列数行的，合计的项目数只计一次。';
const unknownTotals = (count: number) => `注：${count} 个项目未列总投资，不在总投资合计之内。`;

function headerOf(keys: readonly string[]): HeaderCell[][] {
  const tall = (text: string): HeaderCell => ({ text, rows: 2 });
  return [
    [
      ...[...keys, '项目数', '总投资', '资金计划'].map(tall),
      { text: '资金流转', columns: FLOW.length },
      { text: '结转、调剂与收回', columns: CARRIED.length },
      ...[LABELS.completedInvestment, '来源未列'].map(tall),
    ],
    [...FLOW, ...CARRIED].map((key) => ({ text: LABELS[key] })),
  ];
}

function figuresOf({ projects, totalInvestment, amounts, unsourced }: LedgerFigures): ExportValue[] {
  const fen = (view: { fen: string } | null) => view && BigInt(view.fen);
  const keys: AmountKey[] = ['planned', ...FLOW, ...CARRIED, 'completedInvestment'];
  return [projects, fen(totalInvestment), ...keys.map((key) => fen(amounts[key])), fen(unsourced)];
}

/** What the figures cover and as of when; without it a printed ledger cannot be told from another. */
function scopeOf({ year, source, category, plannedUseYear, ...asOf }: LedgerFilter): string {
  const parts = [
    year === undefined ? '' : year === null ? '未列预算年度' : `${year} 预算年度`,
    source === undefined ? '' : source === null ? '不分来源' : FUNDING_SOURCES[source],
    category === undefined ? '' : PROJECT_CATEGORIES[category],
    plannedUseYear === undefined ? '' : `${plannedUseYear ?? '未列'} 年投入使用`,
    ...asOfWords(asOf),
  ];
  return parts.filter((part) => part !== '').join('；');
}

function wide(width: number): ExportColumn {
  return { kind: 'text', width };
}

function word(width: number): ExportColumn {
  return { kind: 'word', width };
}

function amountColumn(): ExportColumn {
  return { kind: 'amount', width: 13 };
}
