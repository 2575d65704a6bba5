import { Type, type Static, type TSchema } from 'typebox';
import { streamCodec, type EventOf, type RecordedEventOf } from '#libs/projects/domain/stream-codec.js';

/** Events of the progress circulars 通报 of a region and period. A draft is no event: only what was issued is a fact. */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Word = Type.String({ minLength: 1, maxLength: 300 });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Text with figures in it as `{name}`: the figure itself is nowhere in the text, so nobody types over it. */
const Paragraph = object({
  kind: Type.Enum(['heading', 'text', 'table']),
  /** Of a table: its name. */
  text: Type.String({ minLength: 1, maxLength: 5000 }),
});
export type Paragraph = Static<typeof Paragraph>;

export const CIRCULAR_EVENT_SCHEMAS = {
  /** 印发: the text, and by digest the figures that stand in it, as everything up to `position` tells them. */
  CircularIssued: object({
    region: Type.String({ pattern: '^\\d{6}$' }),
    period: Word,
    title: Word,
    /** 文号. */
    documentNumber: Word,
    issuer: Word,
    issuedOn: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
    storeId: Word,
    position: Word,
    asEffectiveOn: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
    paragraphs: Type.Array(Paragraph, { minItems: 1, maxItems: 200 }),
    /** SHA-256 over the canonical JSON (RFC 8785) of figures and tables, which are stored under it. */
    figuresDigest: Digest,
    /** The audit chain at `position`; null where none is kept. */
    chain: Type.Union([object({ sequence: Type.Integer({ minimum: 1 }), hash: Digest }), Type.Null()]),
    /** The circular that this one corrects, and why. */
    corrects: Type.Optional(
      object({ documentNumber: Word, reason: Type.String({ minLength: 1, maxLength: 2000 }) }),
    ),
  }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof CIRCULAR_EVENT_SCHEMAS;
export type CircularEvent = EventOf<Schemas>;
export type RecordedCircularEvent = RecordedEventOf<Schemas>;
export type Issued = Static<Schemas['CircularIssued']>;

export const CIRCULAR_STREAM_PREFIX = 'circular-';
export const circularStream = (region: string, period: string): string =>
  `${CIRCULAR_STREAM_PREFIX}${region}-${period}`;
export const circularCodec = streamCodec(CIRCULAR_STREAM_PREFIX, CIRCULAR_EVENT_SCHEMAS);
