import { Type } from 'typebox';
import {
  Id,
  Instant,
  Labelled,
  Money,
  NamedProject,
  nullable,
  object,
  PositionShape,
  Whole,
  Word,
} from './shapes.js';

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

export const YearCarryingShape = object({
  region: Word,
  year: Whole,
  toYear: Whole,
  dryRun: Type.Boolean(),
  carried: Type.Integer({ description: '本次结转（试结转时：将会结转）的项目数' }),
  unchanged: Type.Integer({ description: '该年度没有余额可结转的项目数' }),
  entries: Type.Integer({ description: '结转的笔数：每条资金来源、每个环节一笔' }),
  total: Money,
  amounts: Type.Array(
    object({
      project: NamedProject,
      source: Labelled,
      level: nullable(Labelled),
      stage: Labelled,
      amount: Money,
    }),
    { description: '逐笔列出，至多 1000 笔' },
  ),
  leftOff: Type.Integer({ description: '未列出的笔数；合计包含它们' }),
  refused: Type.Array(object({ projectId: Id, name: Word, code: Word, message: Word }), {
    description: '未能结转的项目及原因（如年度已关账）',
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
    description: '最后一个项目关账的时刻；以它为 asKnownAt 查询，台账永远是关账时的数',
  }),
});

export const ClosedYearsShape = object({ items: Type.Array(ClosedYear) });
