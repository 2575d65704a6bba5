import { moneyView, type MoneyView } from '#libs/kernel/money.js';
import {
  FUNDING_SOURCES,
  PROJECT_CATEGORIES,
  type FundingSource,
  type ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import { labelled, regionSet } from '../views.js';
import type { LedgerDimension, LedgerFigures, LedgerRow } from './queries.js';

/** Figures of a row as statements return them; amounts are decimal strings. */
export interface RawFigures {
  planned: string;
  applied: string;
  allocated: string;
  disbursed: string;
  received: string;
  paid: string;
  carried_forward: string;
  carried_in: string;
  recovered: string;
  completed_investment: string;
  reallocated_out: string;
  reallocated_in: string;
  returned: string;
  entries: string;
  projects: number;
  total: string | null;
  unsourced: string | null;
  unknown_totals: number;
}

/** A row as the ledger's statement returns it. */
export interface RawLedgerRow extends RawFigures {
  is_total: boolean;
  project_id: string | null;
  name: string | null;
  entered: string | null;
  source: FundingSource | null;
  year: number | null;
  regions: string[] | null;
  category: ProjectCategory | null;
  planned_use_year: number | null;
}

const money = (fen: string): MoneyView => moneyView(BigInt(fen));

export function figuresOf(raw: RawFigures): LedgerFigures {
  return {
    amounts: {
      planned: money(raw.planned),
      applied: money(raw.applied),
      allocated: money(raw.allocated),
      disbursed: money(raw.disbursed),
      received: money(raw.received),
      paid: money(raw.paid),
      carriedForward: money(raw.carried_forward),
      carriedIn: money(raw.carried_in),
      reallocatedOut: money(raw.reallocated_out),
      reallocatedIn: money(raw.reallocated_in),
      recovered: money(raw.recovered),
      returned: money(raw.returned),
      completedInvestment: money(raw.completed_investment),
    },
    projects: raw.projects,
    totalInvestment: raw.total === null ? null : money(raw.total),
    unknownTotals: raw.unknown_totals,
    unsourced: raw.unsourced === null ? null : money(raw.unsourced),
    entryCount: Number(raw.entries),
  };
}

type Key = Omit<LedgerRow, keyof LedgerFigures>;

const KEYS: Record<LedgerDimension, (raw: RawLedgerRow) => Key> = {
  project: (raw) => ({ project: { id: raw.project_id!, name: raw.name ?? '' } }),
  source: ({ source }) => ({ source: source && labelled(FUNDING_SOURCES, source) }),
  year: ({ year }) => ({ year }),
  region: ({ regions }) => ({ region: regionSet(regions ?? []) }),
  category: ({ category }) => ({ category: category && labelled(PROJECT_CATEGORIES, category) }),
  plannedUseYear: (raw) => ({ plannedUseYear: raw.planned_use_year }),
};

export function rowOf(raw: RawLedgerRow, groupBy: readonly LedgerDimension[]): LedgerRow {
  return Object.assign({}, ...groupBy.map((dimension) => KEYS[dimension](raw)), figuresOf(raw)) as LedgerRow;
}

const LAST = '\uffff';
const place = (keys: object, key: string | null) =>
  key === null ? LAST : rank(Object.keys(keys).indexOf(key));
const rank = (n: number | null) => (n === null ? LAST : String(n).padStart(6, '0'));

/** What rows are sorted by: projects as they entered, sources and categories as in the vocabulary, unknown last. */
const SORT_KEYS: Record<LedgerDimension, (raw: RawLedgerRow) => string> = {
  project: (raw) => `${raw.entered ?? LAST} ${raw.project_id}`,
  source: (raw) => place(FUNDING_SOURCES, raw.source),
  year: (raw) => rank(raw.year),
  region: (raw) => raw.regions?.join(',') ?? LAST,
  category: (raw) => place(PROJECT_CATEGORIES, raw.category),
  plannedUseYear: (raw) => rank(raw.planned_use_year),
};

export function inOrder(rows: readonly RawLedgerRow[], groupBy: readonly LedgerDimension[]): RawLedgerRow[] {
  const keyed = rows.map((row) => ({ row, keys: groupBy.map((dimension) => SORT_KEYS[dimension](row)) }));
  keyed.sort((a, b) => {
    const at = a.keys.findIndex((key, i) => key !== b.keys[i]);
    return at < 0 ? 0 : a.keys[at]! < b.keys[at]! ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}
