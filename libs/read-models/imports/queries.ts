import type { ImportSummary, RowReport } from '#libs/exchange/report/report.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { importsProjection } from './projection.js';

/** The report of an import as it is on record. */
export interface RecordedImport extends ImportSummary {
  /** In the order of the file. */
  rows: RowReport[];
  actor: Actor;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** How often importing this file recorded something, or first reported that nothing could be. */
  runs: number;
}

/** The latest report of an import; null where there is none of this id. */
export class ImportReportQuery extends ReadModelQuery<RecordedImport | null> {
  constructor(readonly importId: string) {
    super(importsProjection);
  }
}

/** An import as a list shows it. */
export type ImportListed = Pick<
  RecordedImport,
  | 'importId'
  | 'fileName'
  | 'fileDigest'
  | 'region'
  | 'effectiveDate'
  | 'outcomes'
  | 'totals'
  | 'actor'
  | 'recordedAt'
  | 'runs'
>;

/** Imports of a region and those within it, each by its latest report, the latest first. */
export class ImportsQuery extends ReadModelQuery<Page<ImportListed>> {
  constructor(readonly params: PageRequest & { region?: string }) {
    super(importsProjection);
  }
}
