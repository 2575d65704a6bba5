import { Type } from 'typebox';
import { Id, Instant, nullable, object, PositionShape, Whole, Word } from './shapes.js';

export const YearClosingShape = object({
  region: Word,
  year: Whole,
  closed: Type.Integer({ description: '本次关账的项目数' }),
  unchanged: Type.Integer({ description: '此前已关账的项目数' }),
  refused: Type.Array(object({ projectId: Id, name: Word, code: Word, message: Word }), {
    description: '未能关账的项目及原因',
  }),
  position: nullable(PositionShape),
});

const ClosedYear = object({
  year: Whole,
  closed: Type.Integer({ description: '已关账的项目数' }),
  open: Type.Integer({ description: '尚未关账的项目数' }),
  firstClosedAt: Instant,
  lastClosedAt: Type.String({
    format: 'date-time',
    description: '最后一个项目关账的时刻;以它为 asKnownAt 查询,台账永远是关账时的数',
  }),
});

export const ClosedYearsShape = object({ items: Type.Array(ClosedYear) });
