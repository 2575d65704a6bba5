import type { EventStore, Position } from '#libs/event-store/port.js';
import { plainFileName } from '#libs/exchange/table/file-name.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import { readStatement, type Statement } from '#libs/exchange/statement/read-statement.js';
import { digestOf, digestOfBytes } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import type { MoneyUnit } from '#libs/kernel/money.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import {
  encodeStatementReconciled,
  reconciliationStream,
  type RecordedComparison,
  type ReconciledKind,
  type ReconciliationScope,
  type StatementReconciled,
} from '../domain/events.js';
import {
  differences,
  matchStatement,
  type LedgerItem,
  type Match,
  type StatementLine,
} from '../domain/match.js';
import { outcomeOf } from '../domain/outcome.js';
import { pairsOfDecisions, stillDecidable, type PairDecision } from '../domain/pair-decisions.js';
import { RECONCILIATION_PARAMETERS } from '../domain/parameters.js';
import { assertMayReconcile } from './permissions.js';
import { periodOf } from './request.js';

export interface ReconciliationRequest {
  bytes: Uint8Array;
  fileName: string;
  region: string;
  projectId?: string;
  /** First and last day of the period. Default: those of the statement's lines. */
  from?: string;
  to?: string;
  /** What the statement holds. Default: payments and receipts. */
  kinds?: readonly ReconciledKind[];
  /** Unit of amounts, for a file that names none. */
  unit?: MoneyUnit;
  /**
   * What is said of proposed pairs, all of it. Default: what was said when this file was last compared, as far as its
   * lines and items are still there.
   */
  decisions?: readonly PairDecision[];
  actor: Actor;
  /** Nothing is stored; the report says what would be. */
  dryRun: boolean;
}

export interface ReconciliationReport extends StatementReconciled {
  dryRun: boolean;
  /** The comparison that says all of this already: nothing was recorded anew. Null where this is new. */
  repeats: Pick<RecordedComparison, 'position' | 'recordedAt'> | null;
  /** How each sheet of the file was understood. */
  lists: Statement['lists'];
  /** Every pair, surest first. */
  matches: Match[];
  /** Pairs that are not proposed any more, since somebody said that they are not one. */
  rejected: Omit<Match, 'basis'>[];
  statementOnly: StatementLine[];
  ledgerOnly: LedgerItem[];
  warnings: Statement['warnings'];
}

export interface ReconcilerParts {
  store: EventStore;
  files: { put(bytes: Uint8Array, fileName: string): Promise<{ digest: string }> };
  /** Payments and receipts of the scope that stood at the position, once the read model has come so far. */
  ledgerSide(scope: ReconciliationScope, position: Position): Promise<LedgerItem[]>;
  /** The last comparison of the scope, by whichever file, as known to the read model. */
  latest(scope: ReconciliationScope): Promise<RecordedComparison | null>;
  now?: () => Date;
}

const KINDS: readonly ReconciledKind[] = ['payment', 'receipt'];

/** Compares statements with the ledger and keeps what came of it, with the file and the state of the ledger it saw. */
export class Reconciler {
  private readonly now: () => Date;

  constructor(private readonly parts: ReconcilerParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /**
   * The same file on the same money is one outcome, recorded once: sent again while nothing of its scope changed, it says
   * when that was. Where another file was compared for the scope since, it is a new one.
   *
   * @returns the report, and the position of the outcome's event (undefined for a dry run)
   * @throws Refusal `import.…` and `reconciliation.…` where the statement cannot be compared or a pair cannot be decided
   *   on, `actor.…`;
   *   StoreUnavailable, OutcomeUnknown
   */
  async reconcile(
    request: ReconciliationRequest,
  ): Promise<{ report: ReconciliationReport; position: Position | undefined }> {
    const { bytes, actor, region, projectId, dryRun } = request;
    assertMayReconcile(actor, region);
    const now = this.now();
    const fileName = plainFileName(request.fileName);
    const statement = readStatement(await readTable(bytes, fileName), request.unit);
    const kinds = KINDS.filter((kind) => request.kinds?.includes(kind) ?? true);
    const period = periodOf(statement, request, chinaDay(now));
    const scope: ReconciliationScope = {
      region,
      ...(projectId !== undefined && { projectId }),
      ...period,
      kinds,
    };
    const position = await this.parts.store.lastPosition();
    const items = position === undefined ? [] : await this.parts.ledgerSide(scope, position);
    const proposedWithinDays = RECONCILIATION_PARAMETERS.whole('proposedWithinDays', scope.to);
    const fileDigest = digestOfBytes(bytes);
    const reconciliationId = idFor('reconciliation', fileDigest, digestOf(scope), request.unit ?? '');
    const latest = await this.parts.latest(scope);
    const before = latest?.data.reconciliationId === reconciliationId ? latest : null;
    const sides = [statement.lines, items, proposedWithinDays] as const;
    const decisions = request.decisions ?? stillDecidable(before?.data.decisions ?? [], ...sides);
    const decided = pairsOfDecisions(decisions, ...sides);
    const matching = matchStatement(...sides, decided);
    const data: StatementReconciled = {
      reconciliationId,
      scope,
      fileDigest,
      fileName,
      proposedWithinDays,
      position: position ?? null,
      asKnownAt: now.toISOString(),
      result: outcomeOf(matching),
      ...(decisions.length > 0 && { decisions: [...decisions] }),
    };
    const repeats = before && (await this.isSame(before.data, data, items)) ? stampOf(before) : null;
    const { lists, warnings } = statement;
    const rejected = decided.rejected.map((pair) => ({
      ...pair,
      differs: differences(pair.line, pair.item),
    }));
    const report = { ...data, dryRun, repeats, lists, ...matching, rejected, warnings };
    if (dryRun) return { report, position: undefined };
    if (repeats) return { report, position: repeats.position };
    await this.parts.files.put(bytes, fileName);
    return { report, position: await this.record(data, actor) };
  }

  /** Whether the latest comparison with this file was on the very same money, and came to the same. */
  private async isSame(
    before: StatementReconciled,
    now: StatementReconciled,
    items: readonly LedgerItem[],
  ): Promise<boolean> {
    const came = ({ result, proposedWithinDays, decisions = [] }: StatementReconciled) =>
      digestOf({ result, proposedWithinDays, decisions });
    if (came(before) !== came(now)) return false;
    const { position, scope } = before;
    const then = position === null ? [] : await this.parts.ledgerSide(scope, position as Position);
    const idsOf = (all: readonly LedgerItem[]) => all.map(({ eventId }) => eventId).join();
    return idsOf(then) === idsOf(items);
  }

  /** The command is known by the state of the ledger it saw and by what was said of pairs, so that sending it twice records it once. */
  private async record(data: StatementReconciled, actor: Actor): Promise<Position> {
    const { reconciliationId, fileDigest, fileName, position, asKnownAt, scope, decisions } = data;
    const said = digestOf({ reconciliationId, position, actor, ...(decisions && { decisions }) });
    const commandId = idFor('reconcile', said);
    const event = encodeStatementReconciled(data, idFor(commandId, '0'), {
      commandId,
      commandDigest: said,
      actor,
      effectiveDate: scope.to,
      recordedAt: asKnownAt,
      evidence: [{ fileDigest, fileName }],
      correlationId: reconciliationId,
      causationId: commandId,
    });
    const stream = reconciliationStream(reconciliationId);
    const [result] = await this.parts.store.append([
      { stream, expected: 'any', events: [event], command: { id: commandId, digest: said } },
    ]);
    if (result!.outcome === 'refused') throw result!.error;
    return result!.position;
  }
}

function stampOf({ position, recordedAt }: RecordedComparison): NonNullable<ReconciliationReport['repeats']> {
  return { position, recordedAt };
}
