import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type {
  FundingLevel,
  FundingSource,
  FundStage,
  MoneyPlace,
  ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import { fundPlansProjection } from '../fund-plans/projection.js';
import type { PlanDocument } from '../fund-plans/queries.js';
import { ledgerProjection } from '../ledger/projection.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { timelineProjection } from '../timeline/projection.js';
import type { AsOf, Labelled } from '../views.js';
import type { HeldStage } from './lots.js';

/** One event that money went through. */
export interface TraceStep {
  eventId: string;
  eventType: string;
  /** 下达, 拨付, 到位, 支付, 收回, 上缴, 结转, 调出, 调入. */
  stage: Labelled<FundStage>;
  effectiveDate: PartialDate;
  recordedAt: string;
  /** Of a payment, the contract or invoice it was paid on. */
  documentNumber: string | null;
  /** Budget year that the money belongs to after this step. */
  budgetYear: number;
  /** The whole amount of the event, of which the lot is a part. */
  eventAmount: MoneyView;
  /** Who was paid and what for; null for all but payments. */
  payee: string | null;
  purpose: string | null;
}

/** A plan document as a trace names it. */
export interface NamedPlanDocument {
  id: string;
  documentNumber: string;
  title: string | null;
  authority: string;
}

/** Money of a payment that came one way. */
export interface PaymentLot {
  amount: MoneyView;
  /** From the payment back to where the money entered. */
  steps: TraceStep[];
  /** False where what came before is not known, as may be for a day on which not everything was in effect yet. */
  traced: boolean;
  /** The document that the allocation drew on; null where it named none that is recorded, and for direct money. */
  planDocument: NamedPlanDocument | null;
}

export interface PaymentTrace {
  project: { id: string; name: string };
  source: Labelled<FundingSource>;
  level: Labelled<FundingLevel> | null;
  payment: TraceStep;
  /** The reversal that took the payment back: then there are no lots. */
  reversedBy: string | null;
  /** First in, first out; the amounts add up to the payment. */
  lots: PaymentLot[];
}

/** From a payment back to receipt, disbursement, allocation and plan document. @throws Refusal `trace.unknownPayment`, `asOf.unreadable` */
export class PaymentTraceQuery extends ReadModelQuery<PaymentTrace> {
  constructor(readonly params: AsOf & { eventId: string }) {
    super(ledgerProjection, timelineProjection, fundPlansProjection);
  }
}

/** Money of a plan document that went one way. */
export interface DocumentLot {
  project: { id: string; name: string };
  amount: MoneyView;
  /** Where it is now. */
  stage: Labelled<MoneyPlace>;
  budgetYear: number;
  /** From the allocation on. */
  steps: TraceStep[];
}

/**
 * How much of an amount is at each stage now; they add up to what was allocated. `reallocated` has left one project and
 * not reached the other: the second half of its 调剂 is missing.
 */
export type AmountsByStage = Record<MoneyPlace, MoneyView>;

export interface DocumentProject {
  project: { id: string; name: string };
  /** The project's line; null where it draws on what no line names. */
  line: MoneyView | null;
  drawn: MoneyView;
  /** Line − drawn; null without a line. */
  remainder: MoneyView | null;
  now: AmountsByStage;
  /** Drawn, but the project's allocation is not recorded: under way, or to be sent again. */
  pending: MoneyView;
}

export interface PlanDocumentTrace {
  document: PlanDocument;
  now: AmountsByStage;
  pending: MoneyView;
  projects: DocumentProject[];
  lots: DocumentLot[];
}

/** Where the money of a plan document is now. @throws Refusal `fundPlan.notFound`, `asOf.unreadable` */
export class PlanDocumentTraceQuery extends ReadModelQuery<PlanDocumentTrace> {
  constructor(readonly params: AsOf & { documentId: string }) {
    super(ledgerProjection, timelineProjection, fundPlansProjection);
  }
}

/** What stands at a stage and has not gone on to the next. */
export const IDLE_STAGES: Readonly<Record<HeldStage, string>> = {
  allocated: '下达未拨付',
  disbursed: '拨付未到位',
  received: '到位未支付',
};

export interface AgeingFilter extends AsOf {
  projectId?: string;
  region?: RegionCode;
  category?: ProjectCategory;
  source?: FundingSource;
  /** Budget year of the account that the money stands at now. */
  year?: number;
  /** Upper ends of the age classes in days, rising; left out: those in force on the day. */
  boundaries?: readonly number[];
}

/** An age class: days > `over` and ≤ `upTo`; the first begins at 0, the last has no end. */
export interface AgeClass {
  over: number | null;
  upTo: number | null;
  label: string;
}

export interface AgeingFigures {
  /** In the order of `classes`. */
  amounts: MoneyView[];
  /** What accounts gave beyond what was in effect by then; negative or zero. */
  overdrawn: MoneyView;
  /** Σ amounts + overdrawn: the balance of the stage. */
  balance: MoneyView;
  lots: number;
}

export interface AgeingRow extends AgeingFigures {
  /** 下达未拨付, 拨付未到位, 到位未支付. */
  stage: Labelled<HeldStage>;
  source: Labelled<FundingSource>;
  level: Labelled<FundingLevel> | null;
}

export interface Ageing {
  /** The day that ages are counted to. */
  agedOn: string;
  classes: AgeClass[];
  rows: AgeingRow[];
  totals: (AgeingFigures & { stage: Labelled<HeldStage> })[];
}

/** Idle money by stage, source and age. @throws Refusal `ageing.badBoundaries`, `asOf.unreadable` */
export class AgeingQuery extends ReadModelQuery<Ageing> {
  constructor(readonly params: AgeingFilter) {
    super(ledgerProjection);
  }
}

/** Money that stands at a stage, as it came in. */
export interface IdleLotView {
  project: { id: string; name: string };
  stage: Labelled<HeldStage>;
  source: Labelled<FundingSource>;
  level: Labelled<FundingLevel> | null;
  /** Of the account it stands at; later than that of its origin where it was carried forward. */
  budgetYear: number;
  amount: MoneyView;
  /** The event that brought it in, and its day as printed: ages count from its last possible day. */
  originEventId: string;
  effectiveDate: PartialDate;
  documentNumber: string | null;
  ageDays: number;
}

/** The lots behind a figure of the ageing, oldest first. @throws Refusal `paging.badCursor`, `paging.badLimit`, and as `AgeingQuery` */
export class IdleLotsQuery extends ReadModelQuery<Page<IdleLotView>> {
  constructor(
    readonly params: Omit<AgeingFilter, 'boundaries'> & {
      stage?: HeldStage;
      /** Days: older than. */
      over?: number;
      /** Days: at most. */
      upTo?: number;
    } & PageRequest,
  ) {
    super(ledgerProjection);
  }
}
