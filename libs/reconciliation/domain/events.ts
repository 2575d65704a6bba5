import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NewEvent, StoredEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import { ENVELOPE_SCHEMA } from '#libs/projects/domain/envelope-schema.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import type { Outcome } from './outcome.js';

export const RECONCILIATION_STREAM_PREFIX = 'reconciliation-';
export const reconciliationStream = (id: string): string => `${RECONCILIATION_STREAM_PREFIX}${id}`;

export const RECONCILED_KINDS = { payment: '支付', receipt: '到位' } as const;
export type ReconciledKind = keyof typeof RECONCILED_KINDS;

const TYPE = 'StatementReconciled';
const SCHEMA_VERSION = 1;
const Word = Type.String({ minLength: 1, maxLength: 300 });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Count = Type.Integer({ minimum: 0 });
const Fen = Type.String({ pattern: '^(0|[1-9]\\d{0,20})$' });
const Some = Type.Object({ count: Count, totalFen: Fen, items: Type.Array(Type.Unknown()) });

/** Which payments and receipts a statement is compared with. */
export const ScopeSchema = Type.Object({
  region: Type.String({ pattern: '^\\d{6}$' }),
  projectId: Type.Optional(Word),
  /** First and last day, by effective date. */
  from: Day,
  to: Day,
  kinds: Type.Array(Type.Enum(Object.keys(RECONCILED_KINDS) as ReconciledKind[]), { minItems: 1 }),
});
export type ReconciliationScope = Static<typeof ScopeSchema>;

const DataSchema = Type.Object({
  reconciliationId: Word,
  scope: ScopeSchema,
  fileDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  fileName: Word,
  proposedWithinDays: Count,
  /** The ledger was read as it stood at this position, and at this instant; null: nothing was recorded yet. */
  position: Type.Union([Word, Type.Null()]),
  asKnownAt: Type.String({ format: 'date-time' }),
  result: Type.Object({
    outcome: Type.Enum(['agreed', 'differing']),
    statementLines: Count,
    ledgerItems: Count,
    balances: Type.Array(Type.Object({ source: Word, statementFen: Fen, ledgerFen: Fen })),
    matched: Type.Object({ exact: Count, document: Count, proposed: Count }),
    statementOnly: Some,
    ledgerOnly: Some,
    doubtful: Some,
  }),
});

/** A balance assertion: a statement was compared with the ledger as it stood, and this is what came of it. */
export type StatementReconciled = Omit<Static<typeof DataSchema>, 'result'> & { result: Outcome };

const envelopeCheck = Compile(ENVELOPE_SCHEMA);
const dataCheck = Compile(DataSchema);

/** @throws EventUnwritable */
export function encodeStatementReconciled(
  data: StatementReconciled,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent {
  const metadata: Envelope = { ...envelope, schemaVersion: SCHEMA_VERSION };
  const fault = faultOf(data, metadata);
  if (fault) throw new EventUnwritable(TYPE, ...fault);
  const plain = (value: object) => value as unknown as JsonObject;
  return { id, type: TYPE, data: plain(data), metadata: plain(metadata) };
}

/** @throws EventUnreadable */
export function decodeStatementReconciled(stored: StoredEvent): {
  data: StatementReconciled;
  envelope: Envelope;
} {
  const { stream, revision, type, data, metadata } = stored;
  const fault: Fault | undefined =
    type === TYPE ? faultOf(data, metadata) : ['/type', 'an event type of a reconciliation'];
  if (fault) throw new EventUnreadable(stream, revision, type, ...fault);
  return { data: data as unknown as StatementReconciled, envelope: metadata as unknown as Envelope };
}

type Fault = [path: string, expected: string];

function faultOf(data: unknown, metadata: unknown): Fault | undefined {
  for (const [check, value, path] of [
    [envelopeCheck, metadata, '/metadata'],
    [dataCheck, data, '/data'],
  ] as const) {
    if (check.Check(value)) continue;
    const [first] = check.Errors(value);
    return [path + (first?.instancePath ?? ''), first?.message ?? 'must fit its schema'];
  }
  return undefined;
}
