import { Type } from 'typebox';
import { AnchorSchema } from '#libs/audit-chain/domain/anchor.js';
import { Id, nullable, object, pageOf, PositionShape, Word } from './shapes.js';

export const ChainHeadShape = object({
  storeId: Id,
  head: nullable(
    object({
      sequence: Type.Integer({ description: '事件的序号，自 1 起，无间断' }),
      position: PositionShape,
      eventId: Id,
      hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256，上一环的值在其中' }),
    }),
  ),
});

export const AnchorPage = pageOf(
  object({
    position: PositionShape,
    eventId: Id,
    actor: object({ user: Word, unit: Word, role: Word, region: Word }),
    anchor: AnchorSchema,
  }),
);
