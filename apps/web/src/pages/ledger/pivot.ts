import { sumFen } from '../../parts/amount.js';
import {
  filterOf,
  labelOf,
  STAGES,
  type Ledger,
  type LedgerFilter,
  type LedgerRow,
  type Layout,
  type StageKey,
} from './layout.js';

/** A figure of the table. Money is fen; null is unknown or without meaning there. */
export interface Cell {
  fen?: string | null;
  count?: number;
  /** The stage whose lines are behind it; without one the projects of the row are. */
  stage?: StageKey;
  /** What the column adds to the row's filter. */
  filter?: LedgerFilter;
}

export interface Line {
  label: string;
  /** 0 for a group with its subtotal, 1 for a part of one. */
  depth: 0 | 1;
  isSubtotal: boolean;
  /** Filter that gives just the money of this line; undefined where the API cannot say it. */
  filter: LedgerFilter | undefined;
  cells: Cell[];
}

export interface PivotTable {
  columns: { label: string; group?: string }[];
  lines: Line[];
  total: Line;
}

const FLOW: readonly StageKey[] = ['applied', 'allocated', 'disbursed', 'received', 'paid'];
const CARRIED: readonly StageKey[] = [
  'carriedIn',
  'carriedForward',
  'reallocatedIn',
  'reallocatedOut',
  'recovered',
  'returned',
];
const IN_STAGES: readonly StageKey[] = ['planned', ...FLOW, ...CARRIED, 'completedInvestment'];

type Figures = Ledger['total'];

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const isSet = (filter: LedgerFilter | undefined): filter is LedgerFilter => filter !== undefined;

function filterOfLine(row: LedgerRow, { rows }: Layout): LedgerFilter | undefined {
  const filters = rows.map((dimension) => filterOf(row, dimension));
  return filters.every(isSet) ? filters.reduce((all, one) => ({ ...all, ...one }), {}) : undefined;
}

/**
 * Every stage a column, as the bureau files it. The server adds up: `groups` is the ledger grouped by the first
 * dimension alone, where the rows have two.
 */
export function byStage(ledger: Ledger, groups: Ledger | undefined, layout: Layout): PivotTable {
  const [outer, inner] = layout.rows;
  // What nobody carried, moved or gave back has no column; the stages that money must pass always have theirs.
  const moved = (stage: StageKey): boolean => ledger.rows.some(({ amounts }) => amounts[stage].fen !== '0');
  const stages = IN_STAGES.filter((stage) => !CARRIED.includes(stage) || moved(stage));
  const line = (row: LedgerRow, depth: 0 | 1): Line => ({
    label: labelOf(row, depth === 0 ? outer! : inner!),
    depth,
    isSubtotal: depth === 0 && inner !== undefined,
    filter: filterOfLine(row, depth === 0 ? { ...layout, rows: [outer!] } : layout),
    cells: stageCells(row, stages),
  });
  const lines =
    inner === undefined || groups === undefined
      ? ledger.rows.map((row) => line(row, 0))
      : underGroups(groups.rows, ledger.rows, layout, line);
  return {
    columns: [
      { label: '项目数' },
      { label: '总投资' },
      ...stages.map((stage) => ({ label: STAGES[stage], ...groupOf(stage) })),
      { label: '来源未列' },
    ],
    lines,
    total: { label: '合计', depth: 0, isSubtotal: true, filter: {}, cells: stageCells(ledger.total, stages) },
  };
}

function groupOf(stage: StageKey): { group?: string } {
  if (FLOW.includes(stage)) return { group: '资金流转' };
  return CARRIED.includes(stage) ? { group: '结转、调剂与收回' } : {};
}

function stageCells(
  { projects, totalInvestment, amounts, unsourced }: Figures,
  stages: readonly StageKey[],
): Cell[] {
  return [
    { count: projects },
    { fen: totalInvestment?.fen ?? null },
    ...stages.map((stage) => ({ fen: amounts[stage].fen, stage })),
    { fen: unsourced?.fen ?? null },
  ];
}

/** The order of groups is the server's; so is that of the parts within each. */
function underGroups(
  groups: readonly LedgerRow[],
  parts: readonly LedgerRow[],
  { rows: [outer] }: Layout,
  line: (row: LedgerRow, depth: 0 | 1) => Line,
): Line[] {
  const key = (row: LedgerRow): string => JSON.stringify(row[outer!] ?? null);
  const byKey = grouped(parts, key);
  return groups.flatMap((group) => [
    line(group, 0),
    ...(byKey.get(key(group)) ?? []).map((row) => line(row, 1)),
  ]);
}

/** One stage, its amounts across a dimension. Amounts of one answer add up exactly, so subtotals are sums of them. */
export function byDimension(ledger: Ledger, layout: Layout): PivotTable {
  const { rows: dimensions, stage } = layout;
  const across = layout.across as Exclude<Layout['across'], 'stage'>;
  const columns = new Map<string, LedgerFilter | undefined>();
  // A year in which this stage saw no money has no column.
  const moved = ledger.rows.filter(({ amounts }) => amounts[stage].fen !== '0');
  for (const row of moved) columns.set(labelOf(row, across), filterOf(row, across));
  const names = [...columns.keys()].toSorted((a, b) => a.localeCompare(b, 'zh-CN', { numeric: true }));

  const cellsOf = (rows: readonly LedgerRow[]): Cell[] => {
    const byColumn = grouped(rows, (row) => labelOf(row, across));
    const sum = (some: readonly LedgerRow[]): string => sumFen(some.map(({ amounts }) => amounts[stage]));
    const cells = names.map((name): Cell => {
      const filter = columns.get(name);
      return { fen: sum(byColumn.get(name) ?? []), stage, ...(filter && { filter }) };
    });
    return [...cells, { fen: sum(rows), stage }];
  };
  const lines = (rows: readonly LedgerRow[], depth: 0 | 1): Line[] => {
    const inner = depth === 0 && dimensions.length === 2;
    const keyed = grouped(rows, (row) => JSON.stringify(row[dimensions[depth]!] ?? null));
    return [...keyed.values()].flatMap((group) => [
      {
        label: labelOf(group[0]!, dimensions[depth]!),
        depth,
        isSubtotal: inner,
        filter: filterOfLine(group[0]!, { ...layout, rows: dimensions.slice(0, depth + 1) }),
        cells: cellsOf(group),
      },
      ...(inner ? lines(group, 1) : []),
    ]);
  };
  return {
    columns: [...names.map((label) => ({ label })), { label: '合计' }],
    lines: lines(ledger.rows, 0),
    total: { label: '合计', depth: 0, isSubtotal: true, filter: {}, cells: cellsOf(ledger.rows) },
  };
}

/** Whether the parts add up to their groups: two answers may stand for two states where something was recorded between. */
export function addsUp(ledger: Ledger, groups: Ledger): boolean {
  return IN_STAGES.every(
    (stage) =>
      sumFen(ledger.rows.map(({ amounts }) => amounts[stage])) ===
      sumFen(groups.rows.map(({ amounts }) => amounts[stage])),
  );
}
