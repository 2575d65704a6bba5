import { Type } from 'typebox';
import { Id, Instant, Labelled, nullable, object, pageOf, PositionShape, Whole, Word } from './shapes.js';

const Day = Type.String({ format: 'date' });
const Number = Type.String({ pattern: '^-?\\d+$' });

export const StatisticsRecordedShape = object({
  outcome: Type.Enum(['recorded', 'repeated', 'unchanged']),
  revision: Whole,
  position: nullable(PositionShape),
});

const Report = object({
  region: Labelled,
  period: Word,
  unit: Word,
  figures: Type.Array(Labelled),
  deadline: Day,
  status: Labelled,
  late: Type.Boolean({ description: '首次上报晚于截止日' }),
  missing: Type.Boolean({ description: '已过截止日而没有报表，或退回后未再报' }),
  firstSubmittedOn: nullable(Day),
  lastSubmittedOn: nullable(Day),
  submissionId: nullable(Id),
  returnReason: nullable(Word),
});

const counted = {
  due: Whole,
  submitted: Whole,
  returned: Whole,
  checked: Whole,
  late: Whole,
  missing: Whole,
};
export const StatisticsReportsShape = object({
  onDay: Day,
  counts: Type.Object(counted, { description: '全部各页的个数', additionalProperties: false }),
  ...pageOf(Report).properties,
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
          value: Type.Union([Number, Type.Null()], { description: '金额为分；null 表示不详' }),
          source: Word,
          documentNumber: nullable(Word),
        }),
        { description: '上报的数，不论是否已审核' },
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
      value: Type.Union([Number, Type.Null()], { description: '金额为分；null 表示不详' }),
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
      scope: Labelled,
      figures: Type.Array(Word),
      recorded: nullable(Number),
      derived: Type.String({ description: '年末设施合计：方案的基期数加此后项目的增减，同一口径' }),
      unscoped: Type.String({ description: '项目未列口径的床位，计入台账一方' }),
      difference: Type.Union([Number, Type.Null()], { description: 'recorded − derived − unscoped' }),
      exceeds: Type.Boolean({ description: '统计数大于设施合计（C3）' }),
      explanations: Type.Array(object({ explanation: Word, eventId: Id })),
    }),
  ),
});
