import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import type {
  ReconciledKind,
  ReconciliationScope,
  StatementReconciled,
} from '#libs/reconciliation/domain/events.js';

/** A payment or receipt of the statement's scope that came, or was reversed, after the ledger was compared. */
export interface StatementChange {
  change: 'added' | 'reversed';
  /** The payment or receipt itself. */
  itemId: string;
  /** The event that made the change: the item, or its reversal. */
  byEventId: string;
  source: FundingSource;
  amountFen: string;
}

/** A statement as rules see it: its latest comparison with the ledger, and what changed since. */
export interface StatementDossier {
  reconciledBy: string;
  reconciled: Pick<StatementReconciled, 'scope' | 'fileName' | 'position' | 'result'>;
  /** By the item's id: what came and went again is no change. */
  changes: Map<string, StatementChange>;
  /** The same scope was compared with another file afterwards. */
  replaced: boolean;
}

/** A payment or receipt, as far as it can be in a statement's scope. */
export interface ScopedItem {
  kind: ReconciledKind;
  projectId: string;
  regions: readonly RegionCode[];
  on: PartialDate;
}

/** A date printed as a month or year is in the period only if the whole of it is. */
export function isInScope(scope: ReconciliationScope, { kind, projectId, regions, on }: ScopedItem): boolean {
  return (
    scope.kinds.includes(kind) &&
    (scope.projectId === undefined || scope.projectId === projectId) &&
    earliestDay(on) >= scope.from &&
    latestDay(on) <= scope.to &&
    regions.some((region) => region.startsWith(regionPrefix(scope.region)))
  );
}

export function addChange({ changes }: StatementDossier, change: StatementChange): void {
  const before = changes.get(change.itemId);
  if (before?.change === 'added' && change.change === 'reversed') changes.delete(change.itemId);
  else changes.set(change.itemId, change);
}
