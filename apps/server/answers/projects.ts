import { Type } from 'typebox';
import {
  ActualCapacityShape,
  BedScopeShape,
  Id,
  Instant,
  Labelled,
  Money,
  NamedProject,
  nullable,
  NullableWhole,
  object,
  pageOf,
  PartialDateShape,
  PlannedCapacityShape,
  PositionShape,
  RegionSetShape,
  Whole,
  Word,
} from './shapes.js';

const projectRow = {
  id: Id,
  name: Word,
  code: nullable(Word),
  category: Labelled,
  stage: Labelled,
  regions: RegionSetShape,
  place: Word,
  scope: nullable(Word),
  implementingUnits: Type.Array(Word),
  constructionNature: nullable(Labelled),
  plannedStart: nullable(PartialDateShape),
  plannedUse: nullable(PartialDateShape),
  totalInvestment: nullable(Money),
  selfRaised: nullable(Money),
  /** 来源未列. */
  unsourced: nullable(Money),
  plannedCapacity: PlannedCapacityShape,
  bedScope: nullable(BedScopeShape),
  capacityInUse: ActualCapacityShape,
  lists: Type.Array(object({ title: Word, year: NullableWhole, sequence: NullableWhole })),
};
const Condition = object({
  condition: Word,
  label: Word,
  met: Type.Boolean(),
  since: nullable(PartialDateShape),
  note: nullable(Word),
});
const Approval = object({
  mode: Labelled,
  documentNumber: Word,
  authority: Word,
  date: PartialDateShape,
  approvedTotal: Money,
});

export const ProjectPage = pageOf(object(projectRow));

export const ProjectWindowShape = object({
  total: Type.Integer({ description: '符合条件的项目个数' }),
  offset: Whole,
  items: Type.Array(object(projectRow)),
});

const sums = {
  projects: Whole,
  totalInvestment: Money,
  unknownTotals: Type.Integer({ description: '总投资未知、未计入合计的项目个数' }),
  selfRaised: Money,
  unsourced: Money,
};

export const ProjectTotalsShape = object({
  groups: Type.Array(object({ key: nullable(Word), label: Word, ...sums })),
  total: object(sums),
});

export const RegionsShape = object({ items: Type.Array(object({ code: Word, name: Word })) });

export const ProjectDetailShape = object({
  ...projectRow,
  conditions: Type.Array(Condition),
  enteredPool: PartialDateShape,
  approval: nullable(Approval),
  estimate: nullable(Money),
  finalAccount: nullable(Money),
  nationalLibraryNumber: nullable(Word),
  inNationalLibrary: Type.Boolean(),
  fundingPlan: Type.Array(object({ source: Labelled, amount: Money })),
  startedOn: nullable(PartialDateShape),
  acceptedOn: nullable(PartialDateShape),
  acceptedCapacity: nullable(ActualCapacityShape),
  commissionedOn: nullable(PartialDateShape),
});

export const PoolPage = pageOf(
  object({
    project: object(projectRow),
    enteredPool: PartialDateShape,
    conditions: Type.Array(Condition),
    blockedBy: Type.Array(Condition),
  }),
);

export const AnnualListShape = object({
  year: Whole,
  items: Type.Array(object({ ...projectRow, listTitle: Word, sequence: NullableWhole })),
  totals: object({ projects: Whole, totalInvestment: Money, unknownTotals: Whole, selfRaised: Money }),
});

const timelineEntry = {
  eventId: Id,
  revision: Whole,
  position: PositionShape,
  type: Word,
  label: Word,
  summary: Word,
  effectiveDate: PartialDateShape,
  recordedAt: Instant,
  actor: object({ user: Word, unit: Word, role: Word, region: Word }),
  evidence: Type.Array(
    Type.Partial(object({ documentNumber: Word, fileDigest: Word, fileName: Word, locator: Word })),
  ),
  data: Type.Record(Word, Type.Unknown(), {
    description: '事件内容；金额写成 { fen, yuan }',
  }),
  commandId: Id,
  correlationId: Id,
  causationId: Id,
  reversedBy: nullable(object({ eventId: Id, effectiveDate: PartialDateShape, recordedAt: Instant })),
};
export const TimelinePage = pageOf(object(timelineEntry));
export const NamedEventsShape = object({
  items: Type.Array(object({ ...timelineEntry, project: NamedProject })),
});
