import type { Fen } from '#libs/kernel/money.js';
import type { FundingPlanLine, ProjectDetails } from '#libs/projects/domain/events.js';
import type { FundingLevel, FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { CountColumn, TextColumn } from './meanings.js';
import type { Finding } from '../layout/finding.js';

/** One source of money that the list has a column for. */
export interface SourceColumn {
  source: FundingSource;
  level?: FundingLevel;
}

/** A row of a list as it was understood. Rows with errors are held back; their `details` are absent. */
export interface ListRow {
  sheet: string;
  row: number;
  sequence?: number;
  /** As printed, white space removed; empty where the list names none. */
  name: string;
  details?: ProjectDetails;
  code?: string;
  totalFen?: Fen;
  /** Planned money by source, without sources that are blank or zero. */
  funding: FundingPlanLine[];
  /** Sources that the list has columns for: on the others it is silent. */
  sources: readonly SourceColumn[];
  /** What the list has columns for. */
  fields: ReadonlySet<TextColumn | CountColumn | 'total'>;
  warnings: Finding[];
  errors: Finding[];
}

export function sumOfFunding(lines: readonly FundingPlanLine[], source?: FundingSource): Fen {
  return lines
    .filter((line) => source === undefined || line.source === source)
    .reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
}
