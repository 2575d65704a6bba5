import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { fingerprintOf, signatureFits, signJson, type KeyObject } from '#libs/kernel/signing.js';

export const ANCHOR_REASONS = {
  sealing: '封存年度评估',
  circular: '印发通报',
  periodEnd: '期末',
  manual: '人工设置',
} as const;
export type AnchorReasonKind = keyof typeof ANCHOR_REASONS;

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Word = Type.String({ minLength: 1, maxLength: 300 });
const object = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/**
 * Why an anchor was made. `subject` names what it is about: the stream of a sealed evaluation or circular, the period
 * (`2025`, `2025-06`); `digest` is the SHA-256 of what was sealed, so the signature vouches for that too.
 */
const ReasonSchema = object({
  kind: Type.Enum(Object.keys(ANCHOR_REASONS) as AnchorReasonKind[]),
  subject: Type.Optional(Word),
  digest: Type.Optional(Hash),
});
export type AnchorReason = Static<typeof ReasonSchema>;

const statement = {
  format: Type.Literal('taizhang-anchor-1'),
  storeId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  sequence: Type.Integer({ minimum: 1 }),
  /** Of the event at that sequence, in that store. */
  position: Word,
  /** Hash of the chain at that sequence. */
  head: Hash,
  reason: ReasonSchema,
  /** ISO 8601, UTC, milliseconds. */
  madeAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  /** Of the key that signs. */
  keyFingerprint: Hash,
};
/** As it is exported, recorded and printed: the statement and its Ed25519 signature (base64) over its RFC 8785 text. */
export const AnchorSchema = object({
  ...statement,
  signature: Type.String({ pattern: '^[A-Za-z0-9+/]{86}==$' }),
});
export type Anchor = Static<typeof AnchorSchema>;
/** What is signed. */
export type AnchorStatement = Omit<Anchor, 'signature'>;

const check = Compile(AnchorSchema);

export function signAnchor(
  what: Omit<AnchorStatement, 'format' | 'keyFingerprint'>,
  privateKey: KeyObject,
): Anchor {
  const { storeId, sequence, position, head, reason, madeAt } = what;
  const statement: AnchorStatement = {
    format: 'taizhang-anchor-1',
    storeId,
    sequence,
    position,
    head,
    reason,
    madeAt,
    keyFingerprint: fingerprintOf(privateKey),
  };
  return { ...statement, signature: signJson(statement, privateKey) };
}

/** The text of an anchor file, if it is one: anything else from outside is undefined. */
export function readAnchor(text: string): Anchor | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isAnchor(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isAnchor = (value: unknown): value is Anchor => check.Check(value);

/** The text of an anchor's file: readable, one a file. */
export const anchorText = (anchor: Anchor): string => `${JSON.stringify(anchor, null, 2)}\n`;

/** Sorts by place in the chain; the same anchor again has the same name. */
export function anchorFileName({ sequence, reason, head }: Anchor): string {
  return `anchor-${String(sequence).padStart(12, '0')}-${reason.kind}-${head.slice(0, 8)}.json`;
}

/** `signature`: not the key's, or of a changed statement; `unknownKey`: none of the keys has that fingerprint. */
export function faultOfSignature(
  anchor: Anchor,
  keys: ReadonlyMap<string, KeyObject>,
): 'signature' | 'unknownKey' | undefined {
  const { signature, ...statement } = anchor;
  const key = keys.get(anchor.keyFingerprint);
  if (!key) return 'unknownKey';
  return signatureFits(statement, signature, key) ? undefined : 'signature';
}
