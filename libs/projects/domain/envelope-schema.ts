import { Type } from 'typebox';
import { PARTIAL_DATE_PATTERN } from '#libs/kernel/partial-date.js';

const Word = Type.String({ minLength: 1, maxLength: 300 });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

const EvidenceSchema = Type.Object(
  {
    documentNumber: Type.Optional(Word),
    fileDigest: Type.Optional(Digest),
    fileName: Type.Optional(Word),
    locator: Type.Optional(Word),
  },
  { additionalProperties: false },
);

const HEAD = {
  effectiveDate: Type.String({ pattern: PARTIAL_DATE_PATTERN }),
  recordedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  schemaVersion: Type.Integer({ minimum: 1 }),
};
/** The members of it that are read of every event. */
export const ENVELOPE_HEAD_SCHEMA = Type.Object(HEAD);

/**
 * The shape of `Envelope` in stored metadata. Keys that it does not know are let through: a store may add its own
 * (EventStoreDB writes `$correlationId` and `$causationId` for its tools).
 */
export const ENVELOPE_SCHEMA = Type.Object({
  ...HEAD,
  commandId: Word,
  commandDigest: Word,
  actor: Type.Object({
    user: Word,
    unit: Word,
    role: Word,
    region: Type.String({ pattern: '^\\d{6}$' }),
  }),
  evidence: Type.Array(EvidenceSchema, { maxItems: 100 }),
  correlationId: Word,
  causationId: Word,
});
