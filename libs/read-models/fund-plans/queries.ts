import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { FundingLevel, FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled } from '../views.js';
import { fundPlansProjection } from './projection.js';

/** A plan document and how much of it is left. */
export interface PlanDocument {
  id: string;
  documentNumber: string;
  title: string | null;
  authority: string;
  region: { code: RegionCode; name: string };
  source: Labelled<FundingSource>;
  level: Labelled<FundingLevel> | null;
  budgetYear: number;
  /** The day it was issued, as printed. */
  effectiveDate: PartialDate;
  recordedAt: string;
  total: MoneyView;
  /** What its lines give to projects by name. */
  inLines: MoneyView;
  /** What allocations hold of it. */
  drawn: MoneyView;
  /** total − drawn. */
  remainder: MoneyView;
  /** Projects that have a line or hold some of it. */
  projects: number;
  /** Adjustments and reallocations that total and lines went through by then. */
  changes: number;
}

export interface PlanDocumentFilter extends AsOf {
  /** Documents addressed to the division or one inside it. */
  region?: RegionCode;
  source?: FundingSource;
  year?: number;
}

/** Plan documents in the order recorded. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable` */
export class PlanDocumentsQuery extends ReadModelQuery<Page<PlanDocument>> {
  constructor(readonly params: PlanDocumentFilter & PageRequest) {
    super(fundPlansProjection);
  }
}
