import { Type } from 'typebox';
import {
  describedAs,
  Id,
  Instant,
  Labelled,
  Money,
  NamedProject,
  nullable,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  RegionSetShape,
  Whole,
  Word,
} from './shapes.js';

const Day = Type.String({ format: 'date' });

const items = Type.Array(
  object({
    severity: nullable(Labelled),
    failsFrom: Day,
    figures: Type.Record(Word, Type.Union([Money, Word])),
    events: Type.Array(Id),
    sentence: Word,
  }),
);

const finding = {
  id: Type.String(describedAs('规则与对象：M8-<项目标识>')),
  rule: object({ id: Word, version: Whole, title: Word, category: Labelled, basis: Word }),
  ruleSet: object({ id: Word, version: Whole }),
  subject: object({ kind: Labelled, id: Word, name: Word }),
  project: nullable(NamedProject),
  category: nullable(Labelled),
  regions: RegionSetShape,
  status: Labelled,
  severity: nullable(Labelled),
  failsFrom: nullable(Day),
  items,
  why: nullable(Word),
  handling: Labelled,
  reopened: Type.Boolean(describedAs('曾经处理，但其后事实已变化')),
  basis: nullable(Type.String(describedAs('疑点所依据事实的摘要，办理时须带上'))),
  knownSince: Instant,
};

export const FindingPage = pageOf(object(finding));

/** What one rule set says of a finding. */
const side = object({
  status: Labelled,
  severity: nullable(Labelled),
  failsFrom: nullable(Day),
  items,
  why: nullable(Word),
});
const { id, rule, subject, category, regions } = finding;
/** A page of findings that two rule sets do not agree in. */
export const differing = {
  items: Type.Array(object({ id, rule, subject, category, regions, left: side, right: side })),
  nextCursor: nullable(Word),
};

export const FindingCountsShape = object({
  items: Type.Array(
    object({
      rule: object({ id: Word, title: Word }),
      category: Labelled,
      failing: Whole,
      bySeverity: Type.Array(object({ severity: Labelled, count: Whole })),
    }),
  ),
});

export const FindingDetailShape = object({
  ...finding,
  steps: Type.Array(
    object({
      eventId: Id,
      kind: Labelled,
      effectiveDate: PartialDateShape,
      recordedAt: Instant,
      actor: object({ user: Word, unit: Word, role: Word, region: Word }),
      said: Type.Record(Word, Word),
      current: Type.Boolean(describedAs('是否针对现有的事实')),
    }),
  ),
});

export const HandlingRecordedShape = object({
  findingId: Word,
  eventId: Id,
  position: PositionShape,
});
