import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type {
  FundingLevel,
  FundingSource,
  FundStage,
  ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled, RegionSet } from '../views.js';
import { ledgerProjection } from './projection.js';

/**
 * What ledger rows can be told apart by. `year` is the budget year of the money (of 完成投资: the year of the month
 * reported); `plannedUseYear` is the year of 投入使用时间, a property of the project.
 */
export const LEDGER_DIMENSIONS = [
  'project',
  'source',
  'year',
  'region',
  'category',
  'plannedUseYear',
] as const;
export type LedgerDimension = (typeof LEDGER_DIMENSIONS)[number];

/** Which money counts. Every condition given must hold. */
export interface LedgerFilter extends AsOf {
  projectId?: string;
  /** Projects that stand in the division or inside it; each counts once, with all its money. */
  region?: RegionCode;
  /** Projects that stand in exactly these divisions: a row of `groupBy: region`. */
  regionSet?: readonly RegionCode[];
  /** Budget year; null: lines that print no year. */
  year?: number | null;
  /** null: lines that belong to no source (完成投资). */
  source?: FundingSource | null;
  category?: ProjectCategory;
  /** null: projects whose year of use is unknown. */
  plannedUseYear?: number | null;
}

/**
 * Amounts of a ledger row. Each is the sum of what events moved *into* the stage, less what reversals took back; it
 * does not fall when the money moves on (下达累计 stays when it is disbursed).
 * - planned 计划: the funding plan in force. applied 申请, allocated 下达, disbursed 拨付, received 到位, paid 支付,
 *   recovered 收回: sums by the budget year of the event.
 * - carriedForward 结转下年: what left this budget year for a later one; carriedIn 上年结转: what came from an earlier
 *   one. Both stand beside the other columns, which they never change: money allocated in 2024 and carried into 2025
 *   is allocated in 2024 only, so the years add up to the total.
 * - reallocatedOut 调出, reallocatedIn 调入: what was handed over to another project and taken from one, beside the other
 *   columns in the same way. Over all projects they are equal; where they are not, a half of a pair is missing.
 * - returned 结余上缴: what was left after completion and given back; recovered 收回 is taken back at any time.
 * - completedInvestment 完成投资: work done by the year of its month, in no source.
 */
export type LedgerAmounts = Record<FundStage | 'carriedIn', MoneyView>;

export interface LedgerFigures {
  amounts: LedgerAmounts;
  /** Projects in the row, each once. */
  projects: number;
  /**
   * Σ total investment of the row's projects that print one; null where none does, and where it has no meaning: a
   * total belongs to a project, not to a source or budget year (so null if grouped or filtered by these).
   */
  totalInvestment: MoneyView | null;
  /** Projects whose total investment is unknown, and so not in the sum. */
  unknownTotals: number;
  /**
   * 来源未列: Σ (total − Σ planned sources) over the projects whose total is known; negative where plans exceed
   * totals; null wherever `totalInvestment` is.
   */
  unsourced: MoneyView | null;
  /** Journal lines behind the amounts; `LedgerEntriesQuery` with the row's key as filter lists just these. */
  entryCount: number;
}

/** The key holds one property for each dimension asked for, and null where the property is unknown or absent. */
export interface LedgerRow extends LedgerFigures {
  project?: { id: string; name: string };
  source?: Labelled<FundingSource> | null;
  year?: number | null;
  region?: RegionSet;
  category?: Labelled<ProjectCategory> | null;
  plannedUseYear?: number | null;
}

export interface Ledger {
  groupBy: LedgerDimension[];
  /** In the order of `groupBy`; empty if nothing is grouped. */
  rows: LedgerRow[];
  /** Over all that the filter lets through; a project in several rows counts once. */
  total: LedgerFigures;
}

/** An answer that a page draws holds no more rows. */
const ROWS_OF_AN_ANSWER = 20_000;
/** Enough for a file of every project of a large province; such a file is written in one piece, in seconds. */
export const ROWS_OF_A_FILE = 60_000;

/** The investment ledger. @throws Refusal `ledger.tooManyRows` above so many rows, `asOf.unreadable` */
export class LedgerQuery extends ReadModelQuery<Ledger> {
  constructor(
    readonly params: LedgerFilter & { groupBy: readonly LedgerDimension[] },
    readonly most = ROWS_OF_AN_ANSWER,
  ) {
    super(ledgerProjection);
  }
}

/**
 * The same by project, page by page, in the order that projects entered: for more projects than one answer takes. What
 * all of them add up to, `LedgerQuery` says. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable`
 */
export class LedgerProjectsQuery extends ReadModelQuery<Page<LedgerRow>> {
  constructor(readonly params: LedgerFilter & PageRequest) {
    super(ledgerProjection);
  }
}

/** One line of the journal: a transfer of one amount from one stage account to another. */
export interface LedgerEntry {
  eventId: string;
  position: string;
  /** Place among the lines of the event, from 0. */
  line: number;
  eventType: string;
  project: { id: string; name: string };
  source: Labelled<FundingSource> | null;
  level: Labelled<FundingLevel> | null;
  /** The column that the amount counts in. */
  stage: Labelled<FundStage>;
  from: { account: string; year: number | null };
  to: { account: string; year: number | null };
  /** Negative where it takes back. */
  amount: MoneyView;
  documentNumber: string | null;
  effectiveDate: PartialDate;
  recordedAt: string;
  /** The event that this line takes back; null for all but reversals. */
  reverses: string | null;
}

/** Which lines of the journal. Every condition given must hold. */
export interface JournalFilter extends LedgerFilter {
  stage?: FundStage;
  eventId?: string;
  /** Exactly as recorded. */
  documentNumber?: string;
}

/** The journal: the lines behind a figure, in the order recorded. @throws Refusal `paging.badCursor`, `paging.badLimit` */
export class LedgerEntriesQuery extends ReadModelQuery<Page<LedgerEntry>> {
  constructor(readonly params: JournalFilter & PageRequest) {
    super(ledgerProjection);
  }
}
