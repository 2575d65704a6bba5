import type { MoneyView } from '#libs/kernel/money.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import { ledgerProjection } from '../ledger/projection.js';
import type { LedgerFigures } from '../ledger/queries.js';
import { plansProjection } from '../plans/projection.js';
import { ReadModelQuery } from '../read-model-query.js';
import { registerProjection } from '../register/projection.js';
import type { ProjectTotals } from '../register/queries.js';
import type { AsOf, Labelled } from '../views.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import type { YearRow } from '../yearly-counts/queries.js';

/** Planned amounts of one year by source, in the order of the vocabulary; sources without any are left out. */
export interface PlannedInYear {
  /** null: no year is printed. Always the last row. */
  year: number | null;
  planned: { source: Labelled<FundingSource>; amount: MoneyView }[];
}

/** The same by the projects' planned year of use, with what belongs to a project and not to a source. */
export interface UseYear extends PlannedInYear {
  projects: number;
  totalInvestment: MoneyView | null;
  unknownTotals: number;
  /** 来源未列: Σ (total − Σ planned sources) over the projects whose total is known; null where none is. */
  unsourced: MoneyView | null;
}

export interface Overview {
  /** Equal to the total of the ledger asked the same, and read from one state together with the two by year. */
  total: LedgerFigures;
  byUseYear: UseYear[];
  byBudgetYear: PlannedInYear[];
  /** Beds and places: equal to `YearlyCounts.total` asked the same for the years that anything is planned or counted in. */
  counts: { from: number; to: number; years: YearRow[] };
  /** Projects by stage, equal to the totals of the register asked the same. */
  stages: ProjectTotals;
}

/** All that the first page shows, in one answer. @throws Refusal `asOf.unreadable` */
export class OverviewQuery extends ReadModelQuery<Overview> {
  constructor(readonly params: AsOf & { region?: RegionCode }) {
    super(ledgerProjection, yearlyCountsProjection, registerProjection, plansProjection);
  }
}
