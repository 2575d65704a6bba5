import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { StatementReconciled } from '#libs/reconciliation/domain/events.js';
import type { AsOf } from '../views.js';
import { changesSince } from './ledger-side.js';
import type { LedgerChange, Reconciliation, Standing } from './queries.js';

/** Outcomes as known at $1; they are of the last day of their period, which has come by $2. */
export const AS_OF = `
  ($1::timestamptz is null or recorded_at <= $1) and ($2::date is null or (data->'scope'->>'to')::date <= $2)`;

export interface RawReconciliation {
  position: string;
  recorded_at: Date;
  actor: Actor;
  data: StatementReconciled;
  runs: number;
}

/** The outcome held against the ledger as it is now, or as of a moment. */
export async function heldAgainstLedger(
  database: DataSource,
  { data, actor, recorded_at, runs }: RawReconciliation,
  asOf: AsOf,
): Promise<Reconciliation> {
  const changes = await changesSince(database, data.scope, data.position, asOf);
  const ledgerNow = sumsNow(data, changes);
  const standing = standingOf(changes, ledgerNow);
  return {
    ...data,
    actor,
    recordedAt: recorded_at.toISOString(),
    runs,
    standing,
    agreementBroken: data.result.outcome === 'agreed' && standing === 'broken',
    changes,
    ledgerNow,
  };
}

function sumsNow(
  { result }: StatementReconciled,
  changes: readonly LedgerChange[],
): Reconciliation['ledgerNow'] {
  const then = new Map(result.balances.map(({ source, ledgerFen }) => [source, BigInt(ledgerFen)]));
  const now = new Map(then);
  for (const { change, item } of changes) {
    const amount = BigInt(item.amountFen);
    now.set(item.source, (now.get(item.source) ?? 0n) + (change === 'added' ? amount : -amount));
  }
  return [...now].map(([source, nowFen]) => ({
    source,
    thenFen: (then.get(source) ?? 0n).toString(),
    nowFen: nowFen.toString(),
  }));
}

function standingOf(changes: readonly LedgerChange[], sums: Reconciliation['ledgerNow']): Standing {
  if (changes.length === 0) return 'holds';
  return sums.every(({ thenFen, nowFen }) => thenFen === nowFen) ? 'changed' : 'broken';
}
