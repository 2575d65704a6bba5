import { Type } from 'typebox';
import { Id, Instant, Labelled, nullable, object, PositionShape, Whole, Word } from './shapes.js';

const Day = Type.String({ format: 'date' });
const Number = Type.String({ pattern: '^-?\\d+$' });

export const StatisticsRecordedShape = object({
  outcome: Type.Enum(['recorded', 'repeated', 'unchanged']),
  revision: Whole,
  position: nullable(PositionShape),
});

export const StatisticsReportsShape = object({
  onDay: Day,
  items: Type.Array(
    object({
      region: Labelled,
      period: Word,
      unit: Word,
      figures: Type.Array(Labelled),
      deadline: Day,
      status: Labelled,
      late: Type.Boolean({ description: '首次上报晚于截止日' }),
      missing: Type.Boolean({ description: '已过截止日而没有报表,或退回后未再报' }),
      firstSubmittedOn: nullable(Day),
      lastSubmittedOn: nullable(Day),
      submissionId: nullable(Id),
      returnReason: nullable(Word),
    }),
  ),
});

export const StatisticsStepsShape = object({
  items: Type.Array(
    object({
      eventId: Id,
      position: PositionShape,
      kind: Labelled,
      unit: nullable(Word),
      actor: object({ user: Word, unit: Word, role: Word, region: Word }),
      recordedAt: Instant,
      figures: Type.Array(
        object({
          figure: Labelled,
          unit: Word,
          value: Type.Union([Number, Type.Null()], { description: '金额为分;null 表示不详' }),
          source: Word,
          documentNumber: nullable(Word),
        }),
        { description: '上报的数,不论是否已审核' },
      ),
      said: Type.Union([Word, Type.Null()], { description: '说明、意见或理由' }),
    }),
  ),
});

export const RecordedStatisticsShape = object({
  region: Labelled,
  period: Word,
  figures: Type.Array(
    object({
      figure: Labelled,
      unit: Word,
      value: Type.Union([Number, Type.Null()], { description: '金额为分;null 表示不详' }),
      reportedBy: Word,
      source: Word,
      documentNumber: nullable(Word),
      eventId: Id,
      position: PositionShape,
    }),
  ),
  comparisons: Type.Array(
    object({
      label: Word,
      figures: Type.Array(Word),
      recorded: nullable(Number),
      derived: Number,
      difference: nullable(Number),
      exceeds: Type.Boolean({ description: '统计数大于台账在用数之和(C3)' }),
      explanations: Type.Array(object({ explanation: Word, eventId: Id })),
    }),
  ),
});
