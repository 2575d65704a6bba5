import { Type } from 'typebox';
import { EVALUATION_EVENT_SCHEMAS } from '#libs/evaluation/domain/events.js';
import { CIRCULAR_EVENT_SCHEMAS } from '#libs/circulars/domain/events.js';
import { Id, Instant, nullable, object, pageOf, PositionShape, Whole, Word } from './shapes.js';

const Actor = object({ user: Word, unit: Word, role: Word, region: Word });
const Region = object({ code: Word, name: Word });
const Outcome = Type.Enum(['recorded', 'repeated', 'unchanged']);
const Sealed = EVALUATION_EVENT_SCHEMAS.EvaluationSealed;
const Issued = CIRCULAR_EVENT_SCHEMAS.CircularIssued;

export const EvaluationShape = object({
  id: Id,
  region: Region,
  year: Whole,
  digest: Word,
  eventPosition: PositionShape,
  eventId: Id,
  recordedAt: Instant,
  actor: Actor,
  sealed: Sealed,
  supersededBy: nullable(object({ digest: Word, reason: Word })),
});
export const EvaluationPage = pageOf(EvaluationShape);

export const SealedEvaluationShape = object({
  outcome: Outcome,
  evaluationId: Id,
  position: nullable(PositionShape),
  sealed: Sealed,
});

export const ScoredEvaluationShape = object({
  outcome: Outcome,
  revision: Whole,
  position: nullable(PositionShape),
});

const Evidence = object({
  documentNumber: Type.Optional(Word),
  fileDigest: Type.Optional(Word),
  note: Type.Optional(Word),
});
const Sheet = object({ id: Word, version: Whole, title: Word, note: Word });
const item = {
  id: Word,
  group: Word,
  title: Word,
  weight: Type.Integer({ description: '该项的满分' }),
  scoring: object({
    kind: Type.Enum(['derived', 'judged'], {
      description: 'derived 由系统在封存时计算，judged 由评估人打分',
    }),
    how: Word,
  }),
  evidence: Type.String({ description: '得分应依据什么' }),
};
const GivenScore = object({
  item: Word,
  points: Word,
  evidence: Type.Array(Evidence),
  comment: Type.Optional(Word),
  eventId: Id,
  actor: Actor,
  recordedAt: Instant,
});

export const CapabilitySheetShape = object({
  region: Region,
  year: Whole,
  sheet: Sheet,
  items: Type.Array(
    object({
      ...item,
      score: nullable(GivenScore),
      earlier: Type.Array(GivenScore, { description: '此前打的分，新的在前' }),
    }),
  ),
  judged: object({ points: Word, weightScored: Whole, weightOpen: Whole }),
});

export const SealedSheetShape = object({
  sheet: Sheet,
  items: Type.Array(
    object({
      ...item,
      points: nullable(Word),
      share: nullable(object({ part: Word, of: Word, unit: Type.Enum(['fen', 'count']) })),
      seen: Type.Array(Evidence),
      comment: nullable(Word),
    }),
  ),
  total: Word,
  weight: Whole,
  weightScored: Whole,
  weightOpen: Whole,
});

/** Exact for programs: fen, keys, null; labels and texts for people. */
const Change = object({
  figure: Word,
  from: Type.Unknown(),
  to: Type.Unknown(),
  figureLabel: Word,
  fromText: Word,
  toText: Word,
});
const Difference = object({
  section: Word,
  sectionLabel: Word,
  key: Word,
  label: Word,
  kind: Type.Enum(['added', 'removed', 'changed']),
  figures: Type.Array(Change),
  events: Type.Array(
    object({ eventId: Id, type: Word, typeLabel: Word, position: PositionShape, recordedAt: Instant }),
    {
      description: '两次封存之间该项目新记录的事件，至多 20 条；汇总行为空',
    },
  ),
});
export const EvaluationDifferencePage = pageOf(Difference);

export const YearOnYearShape = object({
  before: nullable(object({ id: Id, year: Whole, digest: Word })),
  now: object({ id: Id, year: Whole, digest: Word }),
  items: Type.Array(
    object({
      section: Word,
      sectionLabel: Word,
      key: Word,
      label: Word,
      figure: Word,
      figureLabel: Word,
      before: Type.Unknown(),
      now: Type.Unknown(),
      change: nullable(Word),
      beforeText: Word,
      nowText: Word,
      changeText: Word,
    }),
  ),
});

const Paragraph = object({ kind: Type.Enum(['heading', 'text', 'table']), text: Word });
const Table = object({
  name: Word,
  title: Word,
  columns: Type.Array(Word),
  rows: Type.Array(Type.Array(Word)),
  more: Type.Integer({ description: '未列出的行数' }),
  note: nullable(Word),
});
const Figures = Type.Record(Type.String(), Word, { description: '正文可引用的数字，按名称' });

export const CircularDraftShape = object({
  region: Word,
  period: object({ key: Word, label: Word, lastDay: Word }),
  title: Word,
  storeId: Word,
  position: PositionShape,
  revision: Type.Integer({ description: '草稿的稿次；保存时写回' }),
  paragraphs: Type.Array(Paragraph),
  figures: Figures,
  tables: Type.Array(Table),
});
export const CircularTextShape = object({ revision: Whole, paragraphs: Type.Array(Paragraph) });
export const IssuedCircularShape = object({
  outcome: Outcome,
  position: nullable(PositionShape),
  issued: Issued,
});
const circular = {
  id: Id,
  region: Region,
  period: Word,
  eventPosition: PositionShape,
  recordedAt: Instant,
  actor: Actor,
  issued: Issued,
};
export const CircularPage = pageOf(object(circular));
export const CircularShape = object({ ...circular, figures: Figures, tables: Type.Array(Table) });
