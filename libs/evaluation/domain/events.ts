import { Type, type Static, type TSchema } from 'typebox';
import { idFor } from '#libs/kernel/ids.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { streamCodec, type EventOf, type RecordedEventOf } from '#libs/projects/domain/stream-codec.js';

/** Events of one annual evaluation 年度评估: of a region and a year. */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Word = Type.String({ minLength: 1, maxLength: 300 });
const LongText = Type.String({ minLength: 1, maxLength: 2000 });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Count = Type.Integer({ minimum: 0 });
const Version = object({ id: Word, version: Type.Integer({ minimum: 1 }) });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** Points as people write them: up to two decimals. */
export const POINTS_PATTERN = '^(0|[1-9]\\d{0,3})(\\.\\d{1,2})?$';

/** One section of a snapshot: its canonical text is stored once under its digest. */
export const SealedSectionSchema = object({
  name: Word,
  /** SHA-256 over the canonical JSON (RFC 8785) of the section, in hex. */
  digest: Digest,
  /** Length of that text in bytes of UTF-8. */
  bytes: Count,
  entries: Count,
});
export type SealedSection = Static<typeof SealedSectionSchema>;

const ItemScore = object({
  item: Word,
  points: Type.String({ pattern: POINTS_PATTERN }),
  /** What the evaluator saw: documents by number, files by digest. */
  evidence: Type.Array(
    object({
      documentNumber: Type.Optional(Word),
      fileDigest: Type.Optional(Digest),
      note: Type.Optional(Word),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  comment: Type.Optional(LongText),
});
export type ItemScore = Static<typeof ItemScore>;

export const EVALUATION_EVENT_SCHEMAS = {
  /** 封存: what the region looked like at the end of the year, as everything up to `position` tells it. */
  EvaluationSealed: object({
    region: Type.String({ pattern: '^\\d{6}$' }),
    year: Type.Integer({ minimum: 1949, maximum: 2200 }),
    storeId: Word,
    /** Everything up to here is in it, and nothing behind. */
    position: Word,
    asEffectiveOn: Day,
    /** Version of the shape of the snapshot. */
    format: Type.Integer({ minimum: 1 }),
    ruleSet: Version,
    /** SHA-256 over the definitions of the indicators; null in snapshots of before they were part of it. */
    definitions: Type.Union([object({ digest: Digest }), Type.Null()]),
    sheet: Version,
    sections: Type.Array(SealedSectionSchema, { minItems: 1, maxItems: 50 }),
    /** SHA-256 over the canonical JSON of the whole snapshot, which holds neither store id nor position. */
    digest: Digest,
  }),
  /** A corrected snapshot stands in the place of this one, which is kept as it is. */
  EvaluationSuperseded: object({ digest: Digest, by: Digest, reason: LongText }),
  /** 能力评价 points that an evaluator gave, each with what they rest on. */
  EvaluationScored: object({ sheet: Version, scores: Type.Array(ItemScore, { minItems: 1, maxItems: 100 }) }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof EVALUATION_EVENT_SCHEMAS;
export type EvaluationEvent = EventOf<Schemas>;
export type EvaluationEventData<T extends keyof Schemas> = Static<Schemas[T]>;
export type RecordedEvaluationEvent = RecordedEventOf<Schemas>;
export type Sealed = EvaluationEventData<'EvaluationSealed'>;

export const EVALUATION_STREAM_PREFIX = 'evaluation-';
export const evaluationStream = (region: RegionCode, year: number): string =>
  `${EVALUATION_STREAM_PREFIX}${region}-${year}`;
export const evaluationCodec = streamCodec(EVALUATION_STREAM_PREFIX, EVALUATION_EVENT_SCHEMAS);

/** A sealed snapshot is known by what it says, whose it is and where it was taken. */
export const sealId = ({ region, year, digest, position }: Sealed): string =>
  idFor('evaluation', region, String(year), digest, position);
