import { Type } from 'typebox';
import { Id, object, PositionShape, Whole, Word } from './shapes.js';

export const ProblemShape = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Word,
    status: Whole,
    detail: Word,
    code: Type.String({ description: '稳定的错误代码，供程序判断' }),
    instance: Type.Optional(Word),
    details: Type.Optional(
      Type.Record(Word, Type.Unknown(), { description: '与说明相同的数字，供程序使用' }),
    ),
    errors: Type.Optional(Type.Array(object({ pointer: Word, message: Word }))),
  },
  {
    additionalProperties: false,
    examples: [
      {
        type: 'urn:taizhang:problem:request.invalid',
        title: '请求有误',
        status: 400,
        detail: '/amount 金额应恰有 fen 或 yuan 之一',
        code: 'request.invalid',
        instance: '/api/v1/projects/6c8f0f0e-7d50-4d4e-8f3c-0d2f4c1f9a11/payments',
        errors: [{ pointer: '/amount', message: '金额应恰有 fen 或 yuan 之一' }],
      },
    ],
  },
);

export const AmountInputShape = Type.Union(
  [
    object({ fen: Type.String({ pattern: '^(0|[1-9]\\d{0,18})$', description: '整数分' }) }),
    object({
      yuan: Type.String({ pattern: '^(0|[1-9]\\d{0,16})(\\.\\d{1,2})?$', description: '元，至多两位小数' }),
    }),
  ],
  { description: '金额：fen 与 yuan 恰有其一，一律为字符串', examples: [{ yuan: '17500000.00' }] },
);

export const RecordedShape = Type.Object(
  {
    projectId: Id,
    revision: Type.Integer({ description: '项目的最新版本' }),
    position: Type.Union([PositionShape, Type.Null()]),
    events: Type.Array(object({ id: Id, type: Word })),
  },
  { additionalProperties: false },
);

export const LivenessShape = object({ status: Type.Literal('live') });
export const ReadinessShape = object({ status: Type.Literal('ready') });

export const ProjectionStatusesShape = object({
  items: Type.Array(
    object({
      name: Word,
      generation: Whole,
      version: Whole,
      position: Type.Union([PositionShape, Type.Null()]),
      lagEvents: Type.Optional(Whole),
      lagSeconds: Type.Optional(Type.Number()),
      applied: Whole,
      state: Type.Enum(['running', 'halted', 'standby', 'rebuilding']),
      parked: Whole,
      incomplete: Type.Boolean({ description: '有事件被搁置，由此得出的报表不完整' }),
      audited: Type.Optional(
        object({
          at: Type.String({ format: 'date-time' }),
          missing: Type.Integer({ description: '最近一次与事件库核对，相差的条数；应为 0' }),
        }),
      ),
      error: Type.Optional(Word),
      haltEvent: Type.Optional(
        object({ id: Id, type: Word, stream: Word, revision: Whole, position: PositionShape }),
      ),
    }),
  ),
});
