import { Type } from 'typebox';
import { differing } from './findings.js';
import {
  describedAs,
  Id,
  Instant,
  Labelled,
  nullable,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  Whole,
  Word,
} from './shapes.js';

const Day = Type.String({ format: 'date' });
const ref = { id: Word, version: Whole, title: Word };
const adopter = object({
  eventId: Id,
  effectiveDate: PartialDateShape,
  recordedAt: Instant,
  actor: object({ user: Word, unit: Word, role: Word, region: Word }),
});
const Adoption = object({
  ...ref,
  authority: Word,
  documentNumber: Word,
  region: nullable(Labelled),
  from: Day,
  newer: nullable(Type.Integer(describedAs('随系统发布的更新版本，地区可以采用'))),
  adopted: nullable(adopter),
});

export const RuleSetAdoptionsShape = pageOf(Adoption);

export const RuleSetShape = object({
  ...ref,
  authority: Word,
  documentNumber: Word,
  parameters: Type.Array(
    object({ name: Word, from: Day, value: Type.Union([Word, Type.Array(Word)]), source: Word }),
  ),
  rules: Type.Array(object({ id: Word, version: Whole, title: Word })),
  adoptions: Type.Array(Adoption),
});

export const RuleSetAdoptedShape = object({
  ruleSetId: Word,
  version: Whole,
  eventId: Id,
  position: PositionShape,
});

export const RuleSetComparisonShape = object({
  left: object(ref),
  right: object(ref),
  on: Day,
  same: Type.Integer(describedAs('两个规则集结果相同的项数')),
  compared: Whole,
  ...differing,
});
