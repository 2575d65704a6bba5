import type { MoneyUnit } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Json } from '#libs/kernel/json.js';
import type { Finding } from '../layout/finding.js';
import type { ColumnReport } from '../project-list/column-report.js';
import type { ListTotals, PrintedTotal } from '../project-list/totals.js';

/**
 * `recorded`: a new project; `revised`: something of a known one changed; `unchanged`: nothing to record; `held`: not
 * recorded, the errors say why. In a dry run: what would become of the row.
 */
export type RowOutcome = 'recorded' | 'revised' | 'unchanged' | 'held';

/** One thing that a changed row changes; a side that is or becomes unknown is absent. */
export interface RowChange {
  /** A field of the details, or `code`, `fundingPlan`, `listing`. */
  field: string;
  before?: Json;
  after?: Json;
}

export interface RowReport {
  sheet: string;
  row: number;
  sequence?: number;
  name: string;
  outcome: RowOutcome;
  projectId?: string;
  changes?: RowChange[];
  /** Types of the events recorded, in order. */
  events: string[];
  warnings: Finding[];
  errors: Finding[];
}

export interface ListReport {
  sheet: string;
  title: string;
  unit?: MoneyUnit;
  headerRow: number;
  /** How each column was read; absent in imports that were recorded before this was kept. */
  columns?: ColumnReport[];
  printedTotals: PrintedTotal[];
  computed: ListTotals;
}

/** A project of a list of this title that the file no longer names. It is left as it is. */
export interface MissingProject {
  projectId: string;
  name: string;
  listTitle: string;
  sequence?: number;
}

export interface FileProblem extends Finding {
  severity: 'warning' | 'error';
}

/** Everything about an import but its rows. */
export interface ImportSummary {
  importId: string;
  fileName: string;
  /** SHA-256 of the file, by which its events name it as their evidence. */
  fileDigest: string;
  region: RegionCode;
  effectiveDate: PartialDate;
  lists: ListReport[];
  missing: MissingProject[];
  fileProblems: FileProblem[];
  outcomes: Record<RowOutcome, number>;
  /** Sum over all lists of the file. */
  totals: ListTotals;
}

export interface ImportReport extends ImportSummary {
  dryRun: boolean;
  /** The same file was imported before; projects revised since then are not turned back. */
  alreadyImported: boolean;
  rows: RowReport[];
}
