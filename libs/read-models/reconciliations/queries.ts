import type { Actor } from '#libs/projects/domain/envelope.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import type {
  RecordedComparison,
  ReconciliationScope,
  StatementReconciled,
} from '#libs/reconciliation/domain/events.js';
import type { LedgerItem } from '#libs/reconciliation/domain/match.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { registerProjection } from '../register/projection.js';
import type { AsOf } from '../views.js';
import { reconciliationsProjection } from './projection.js';

/** Payments and receipts of the scope that stood at a position. */
export class LedgerSideQuery extends ReadModelQuery<LedgerItem[]> {
  constructor(
    readonly scope: ReconciliationScope,
    readonly position: string,
  ) {
    super(reconciliationsProjection, registerProjection);
  }
}

/** The last comparison of a scope, whichever file it was with; null where there was none. */
export class LatestComparisonQuery extends ReadModelQuery<RecordedComparison | null> {
  constructor(readonly scope: ReconciliationScope) {
    super(reconciliationsProjection);
  }
}

/** A payment or receipt of the scope that came, or was reversed, after the ledger was compared. */
export interface LedgerChange {
  change: 'added' | 'reversed';
  /** The event that made the change: the payment or receipt itself, or its reversal. */
  byEventId: string;
  item: LedgerItem;
}

/**
 * Whether the outcome still is what the ledger says. `holds`: nothing in its scope changed. `changed`: entries did, each
 * source still has its sum. `broken`: the sums are others now.
 */
export type Standing = 'holds' | 'changed' | 'broken';

export interface Reconciliation extends StatementReconciled {
  actor: Actor;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** How often this statement was compared; this is the latest outcome. */
  runs: number;
  standing: Standing;
  /** An agreed balance that a later change broke: the fact of rule M9. */
  agreementBroken: boolean;
  /** What changed since, in the order recorded. */
  changes: LedgerChange[];
  /** The ledger side by source as it was compared, and as it is now. */
  ledgerNow: { source: FundingSource; thenFen: string; nowFen: string }[];
}

/** One statement's latest outcome, held against the ledger as it is now or as of a moment; null where there was none of this id. */
export class ReconciliationQuery extends ReadModelQuery<Reconciliation | null> {
  constructor(
    readonly reconciliationId: string,
    readonly asOf: AsOf = {},
  ) {
    super(reconciliationsProjection, registerProjection);
  }
}

/** Latest outcomes, the newest first. @throws Refusal `paging.badCursor`, `paging.badLimit` */
export class ReconciliationsQuery extends ReadModelQuery<Page<Reconciliation>> {
  constructor(readonly params: AsOf & { region?: string } & PageRequest) {
    super(reconciliationsProjection, registerProjection);
  }
}
