import { Type, type Static, type TSchema } from 'typebox';
import type { RegionCode } from '#libs/kernel/regions.js';
import { streamCodec, type EventOf, type RecordedEventOf } from '#libs/projects/domain/stream-codec.js';
import { FIGURE_KEYS } from './figures.js';

/** Events of one reporting 统计上报: of a region and a period. */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Word = Type.String({ minLength: 1, maxLength: 300 });
const LongText = Type.String({ minLength: 1, maxLength: 2000 });
const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Figure = Type.Enum(FIGURE_KEYS);

/** Which figures a unit owes. */
export const DutySchema = object({
  unit: Word,
  figures: Type.Array(Figure, { minItems: 1, uniqueItems: true }),
});
export type Duty = Static<typeof DutySchema>;

export const ReportedFigureSchema = object({
  figure: Figure,
  /** Whole number in the figure's unit, fen for money; null: the unit does not know, which is not zero. */
  value: Type.Union([Type.String({ pattern: '^(0|[1-9]\\d{0,17})$' }), Type.Null()]),
  /** Where the unit has it from: 民政统计台账. */
  source: Word,
  documentNumber: Type.Optional(Word),
});
export type ReportedFigure = Static<typeof ReportedFigureSchema>;

export const STATISTICS_EVENT_SCHEMAS = {
  ReportingOpened: object({
    duties: Type.Array(DutySchema, { minItems: 1, maxItems: 500 }),
    deadline: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
  }),
  StatisticsSubmitted: object({
    unit: Word,
    figures: Type.Array(ReportedFigureSchema, { minItems: 1, maxItems: 100 }),
    note: Type.Optional(LongText),
  }),
  /** `submission`: id of the event that was looked at. */
  StatisticsChecked: object({ unit: Word, submission: Id, note: Type.Optional(LongText) }),
  StatisticsReturned: object({ unit: Word, submission: Id, reason: LongText }),
  /** Why a recorded figure is not what the projects add up to. */
  DifferenceExplained: object({ figure: Figure, explanation: LongText }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof STATISTICS_EVENT_SCHEMAS;
export type StatisticsEvent = EventOf<Schemas>;
export type RecordedStatisticsEvent = RecordedEventOf<Schemas>;

export const STATISTICS_STREAM_PREFIX = 'statistics-';
export const statisticsStream = (region: RegionCode, period: string): string =>
  `${STATISTICS_STREAM_PREFIX}${region}-${period}`;
export const statisticsCodec = streamCodec(STATISTICS_STREAM_PREFIX, STATISTICS_EVENT_SCHEMAS);

/** Region and period of a stream without its prefix. */
export const partsOfId = (streamId: string): { region: RegionCode; period: string } => ({
  region: streamId.slice(0, 6),
  period: streamId.slice(7),
});
