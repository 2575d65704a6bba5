import { Type, type Static } from 'typebox';
import type { NewEvent, Position } from '#libs/event-store/port.js';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { streamCodec } from '#libs/projects/domain/stream-codec.js';
import type { Outcome } from './outcome.js';
import { PAIR_DECISIONS, RECONCILED_KINDS } from './vocabulary.js';

export const RECONCILIATION_STREAM_PREFIX = 'reconciliation-';
export const reconciliationStream = (id: string): string => `${RECONCILIATION_STREAM_PREFIX}${id}`;

export type ReconciledKind = keyof typeof RECONCILED_KINDS;

const Word = Type.String({ minLength: 1, maxLength: 300 });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Count = Type.Integer({ minimum: 0 });
const Fen = Type.String({ pattern: '^(0|[1-9]\\d{0,20})$' });
const Some = Type.Object({ count: Count, totalFen: Fen, items: Type.Array(Type.Unknown()) });

/** With more of them, an event would come near what EventStoreDB takes at once. */
export const MOST_DECISIONS = 1000;
const DecisionSchema = Type.Object({
  sheet: Type.String(),
  row: Type.Integer({ minimum: 1 }),
  eventId: Word,
  decision: Type.Enum(Object.keys(PAIR_DECISIONS) as (keyof typeof PAIR_DECISIONS)[]),
});

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
    confirmed: Type.Optional(Some),
  }),
  /** What was said of proposed pairs, and was matched by; absent where nothing was. */
  decisions: Type.Optional(Type.Array(DecisionSchema, { minItems: 1, maxItems: MOST_DECISIONS })),
});

/** A balance assertion: a statement was compared with the ledger as it stood, and this is what came of it. */
export type StatementReconciled = Omit<Static<typeof DataSchema>, 'result'> & { result: Outcome };

/** A comparison as it was recorded: the position of its event, and when (ISO 8601). */
export interface RecordedComparison {
  position: Position;
  recordedAt: string;
  data: StatementReconciled;
}

const codec = streamCodec(RECONCILIATION_STREAM_PREFIX, { StatementReconciled: DataSchema });

/** @throws EventUnwritable */
export const encodeStatementReconciled = (
  data: StatementReconciled,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent => codec.encode({ type: 'StatementReconciled', data: data }, id, envelope);

/** @throws EventUnreadable */
export function decodeStatementReconciled(stored: EventToDecode): {
  data: StatementReconciled;
  envelope: Envelope;
} {
  const { data, envelope } = codec.decode(stored);
  return { data: data as StatementReconciled, envelope };
}
