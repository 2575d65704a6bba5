import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { FundingLevel, FundingSource } from '#libs/projects/domain/vocabulary.js';
import { ledgerProjection } from '../ledger/projection.js';
import type { HeldStage } from '../lots/lots.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { timelineProjection } from '../timeline/projection.js';
import type { AsOf, Labelled } from '../views.js';

/** `half`: one side stands and the other is missing, refused or reversed; the money is nobody's until it is settled. */
export const REALLOCATION_STATES = { complete: '已成对', half: '只有一半', reversed: '已冲销' } as const;
export type ReallocationState = keyof typeof REALLOCATION_STATES;

/** One project's side; `eventId` is null where nothing was recorded there. */
export interface ReallocationSide {
  project: { id: string; name: string };
  eventId: string | null;
  /** Recorded and not reversed. */
  stands: boolean;
}

export interface Reallocation {
  id: string;
  state: Labelled<ReallocationState>;
  from: ReallocationSide;
  to: ReallocationSide;
  source: Labelled<FundingSource>;
  level: Labelled<FundingLevel> | null;
  budgetYear: number;
  stage: Labelled<HeldStage>;
  amount: MoneyView;
  effectiveDate: PartialDate;
  documentNumber: string | null;
  reason: string;
}

/** Reallocations 调剂 in the order recorded. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable` */
export class ReallocationsQuery extends ReadModelQuery<Page<Reallocation>> {
  constructor(
    readonly params: AsOf & {
      state?: ReallocationState;
      /** Where either project stands. */
      region?: RegionCode;
      /** Either project. */
      projectId?: string;
    } & PageRequest,
  ) {
    super(ledgerProjection, timelineProjection);
  }
}
