import { Type, type TSchema } from 'typebox';
import { BED_SCOPES, CAPACITY_KINDS } from '#libs/kernel/capacity.js';

/** Pieces that the schemas of answers are made of. They describe; nothing is checked by them outside of tests. */

export const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const describedAs = (description: string) => ({ description });

export const Id = Type.String({ format: 'uuid' });
export const Word = Type.String();
export const Whole = Type.Integer();
export const NullableWhole = nullable(Whole);
export const PartialDateShape = Type.String({ description: '年、年-月或年-月-日' });
export const Instant = Type.String({ format: 'date-time' });
export const PositionShape = Type.String({ description: '事件库中的位置，可用于 waitFor' });

export const Money = Type.Object(
  {
    fen: Type.String({ pattern: '^-?\\d+$', description: '整数分' }),
    yuan: Type.String({ pattern: '^-?\\d+\\.\\d{2}$', description: '元，两位小数' }),
  },
  { additionalProperties: false, examples: [{ fen: '1750000000', yuan: '17500000.00' }] },
);

export const Labelled = object({ key: Word, label: Word });
export const RegionSetShape = object({ codes: Type.Array(Word), label: Word });
export const NamedProject = object({ id: Id, name: Word });

const eachKind = <T extends TSchema>(schema: T) =>
  Object.fromEntries(CAPACITY_KINDS.map((kind) => [kind, schema])) as Record<
    (typeof CAPACITY_KINDS)[number],
    T
  >;

export const byKind = <T extends TSchema>(schema: T) => object(eachKind(schema));
export const PlannedCapacityShape = Type.Partial(byKind(object({ low: Whole, high: Whole })));
export const ActualCapacityShape = Type.Partial(byKind(Whole));
export const BedScopeShape = Type.Enum([...BED_SCOPES]);

export const pageOf = <T extends TSchema>(item: T) =>
  object({
    items: Type.Array(item),
    nextCursor: Type.Union([Word, Type.Null()], describedAs('下一页的游标；末页为 null')),
  });
