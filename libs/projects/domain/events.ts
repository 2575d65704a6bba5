import { Type, type Static, type TSchema } from 'typebox';
import { BED_SCOPES } from '#libs/kernel/capacity.js';
import { PARTIAL_DATE_PATTERN } from '#libs/kernel/partial-date.js';
import {
  APPROVAL_MODES,
  CONSTRUCTION_NATURES,
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  LOTTERY_PURPOSES,
  PROJECT_CATEGORIES,
  READINESS_CONDITIONS,
} from './vocabulary.js';

/**
 * Every event of a project's life, as it is stored: the current version of each schema. Data are plain JSON, so
 * what is checked is what is hashed. Money is `…Fen`, a decimal string of integer fen. Events carry what they
 * replace (`previous`, `before`, `reversed`), so that a projection needs no look-up to know the difference.
 */

const keysOf = <T extends Record<string, unknown>>(labels: T) =>
  Type.Enum(Object.keys(labels) as (keyof T & string)[]);
const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const FenAmount = Type.String({ pattern: '^(0|[1-9]\\d{0,18})$' });
export const PositiveFen = Type.String({ pattern: '^[1-9]\\d{0,18}$' });
const Text = Type.String({ minLength: 1, maxLength: 2000 });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Year = Type.Integer({ minimum: 1949, maximum: 2200 });
const Month = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])$' });
const PartialDateText = Type.String({ pattern: PARTIAL_DATE_PATTERN });
const Region = Type.String({ pattern: '^\\d{6}$' });
const Count = Type.Integer({ minimum: 0, maximum: 10_000_000 });
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

const Range = object({ low: Count, high: Count });
export const PlannedCapacitySchema = Type.Partial(
  object({ beds: Range, nursingBeds: Range, places: Range, inclusivePlaces: Range }),
);
export const ActualCapacitySchema = Type.Partial(
  object({ beds: Count, nursingBeds: Count, places: Count, inclusivePlaces: Count }),
);
const BedScopeSchema = Type.Enum([...BED_SCOPES]);

/** What a list says of a project. An absent key is unknown. */
export const ProjectDetails = object({
  name: Name,
  category: keysOf(PROJECT_CATEGORIES),
  /** Counties (or the lowest known divisions) that the project stands in; at least one, no money is split among them. */
  regions: Type.Array(Region, { minItems: 1, maxItems: 200, uniqueItems: true }),
  /** 实施地点 as printed: 美姑县乐约乡龙头湾社区. */
  place: Name,
  /** 建设内容和规模 as printed. */
  scope: Type.Optional(Text),
  implementingUnits: Type.Array(Name, { maxItems: 200 }),
  constructionNature: Type.Optional(keysOf(CONSTRUCTION_NATURES)),
  plannedStart: Type.Optional(PartialDateText),
  /** 投入使用时间. */
  plannedUse: Type.Optional(PartialDateText),
  totalInvestmentFen: Type.Optional(FenAmount),
  plannedCapacity: PlannedCapacitySchema,
  bedScope: Type.Optional(BedScopeSchema),
  /** Decimal text in m²: `6000`, `1234.5`. */
  floorAreaM2: Type.Optional(Type.String({ pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$' })),
  /** Number of facilities the project builds (3个社区日间照料中心). */
  facilityCount: Type.Optional(Count),
});
export type ProjectDetails = Static<typeof ProjectDetails>;

const sourceLine = {
  source: keysOf(FUNDING_SOURCES),
  level: Type.Optional(keysOf(FUNDING_LEVELS)),
};
/** 还本付息计划 of a special bond: the document, and when the principal falls due. */
const RepaymentPlan = object({
  documentNumber: Name,
  maturity: PartialDateText,
  bondName: Type.Optional(Name),
});
export type RepaymentPlan = Static<typeof RepaymentPlan>;
/** What welfare-lottery money is for; no other source has it. */
const lotteryPurpose = { lotteryPurpose: Type.Optional(keysOf(LOTTERY_PURPOSES)) };
/** What a special bond is repaid by; no other source has it. */
const repaymentPlan = { repaymentPlan: Type.Optional(RepaymentPlan) };
const FundingPlanLine = object({
  ...sourceLine,
  ...lotteryPurpose,
  ...repaymentPlan,
  /** Absent where the plan prints no year. */
  budgetYear: Type.Optional(Year),
  amountFen: PositiveFen,
});
export type FundingPlanLine = Static<typeof FundingPlanLine>;

/** One amount of one source line and budget year. `priorYear` marks a correction in a closed year (以前年度). */
const fundEvent = <P extends Record<string, TSchema>>(properties: P) =>
  object({
    ...sourceLine,
    budgetYear: Year,
    amountFen: PositiveFen,
    priorYear: Type.Optional(Type.Literal(true)),
    ...properties,
  });

const HeldStage = Type.Enum(['allocated', 'disbursed', 'received']);

/** One half of a reallocation 调剂: the same in both projects, each naming the other. */
const reallocation = {
  /** What stands at this stage goes over, and stands there at the same stage. */
  stage: HeldStage,
  reallocationId: Uuid,
  counterpartId: Uuid,
  documentNumber: Name,
  reason: Text,
  /** The plan document that the money was drawn on, whose lines moved with it. */
  planDocumentNumber: Type.Optional(Name),
};

/** The reversed event in full, so that whoever counted it can take it back without looking it up. */
const ReversedEvent = object({
  id: Uuid,
  type: Name,
  effectiveDate: PartialDateText,
  data: Type.Record(Type.String(), Type.Unknown()),
  /** Version of the schema that `data` follows. Absent: 1. */
  schemaVersion: Type.Optional(Type.Integer({ minimum: 2 })),
});

export const PROJECT_EVENT_SCHEMAS = {
  ProjectEnteredPool: object({
    projectId: Uuid,
    details: ProjectDetails,
    /** The list that named the project, where it came from one. */
    list: Type.Optional(object({ title: Name, sequence: Type.Optional(Count) })),
  }),
  /** Only the fields that changed; a field that was or becomes unknown is absent on that side. */
  ProjectDetailsRevised: object({
    before: Type.Partial(ProjectDetails),
    after: Type.Partial(ProjectDetails),
  }),
  ProjectCodeAssigned: object({ code: Name, previousCode: Type.Optional(Name) }),
  ProjectListedForYear: object({ year: Year, listTitle: Name, sequence: Type.Optional(Count) }),
  ProjectDelisted: object({ year: Year, reason: Text }),
  ProjectEnteredNationalLibrary: object({ libraryNumber: Type.Optional(Name) }),
  ReadinessConditionMet: object({ condition: keysOf(READINESS_CONDITIONS), note: Type.Optional(Text) }),
  ReadinessConditionLapsed: object({ condition: keysOf(READINESS_CONDITIONS), reason: Text }),
  ProjectApproved: object({
    mode: keysOf(APPROVAL_MODES),
    documentNumber: Name,
    authority: Name,
    approvedTotalFen: PositiveFen,
  }),
  ApprovalRevoked: object({ documentNumber: Name, authority: Name, reason: Text }),
  EstimateApproved: object({ documentNumber: Name, authority: Name, estimateFen: PositiveFen }),
  EstimateAdjusted: object({
    documentNumber: Name,
    authority: Name,
    estimateFen: PositiveFen,
    previousFen: PositiveFen,
    reason: Text,
  }),
  FundingPlanned: object({ lines: Type.Array(FundingPlanLine, { minItems: 1, maxItems: 100 }) }),
  FundingPlanRevised: object({
    lines: Type.Array(FundingPlanLine, { maxItems: 100 }),
    previous: Type.Array(FundingPlanLine, { maxItems: 100 }),
    reason: Text,
  }),
  FundsApplied: fundEvent({ documentNumber: Name, ...lotteryPurpose }),
  FundsAllocated: fundEvent({ documentNumber: Name, authority: Name, ...lotteryPurpose, ...repaymentPlan }),
  FundsDisbursed: fundEvent({ documentNumber: Name }),
  FundsReceived: fundEvent({ documentNumber: Name, ...lotteryPurpose }),
  FundsPaid: fundEvent({ payee: Name, basisDocument: Name, purpose: Text, ...lotteryPurpose }),
  /** Moves what is left at one stage from `budgetYear` to `toYear`. */
  FundsCarriedForward: fundEvent({
    stage: HeldStage,
    toYear: Year,
    documentNumber: Name,
  }),
  FundsReallocatedOut: fundEvent(reallocation),
  FundsReallocatedIn: fundEvent(reallocation),
  FundsRecovered: fundEvent({ documentNumber: Name, reason: Text }),
  /** 结余上缴: what is left after completion, given back. */
  FundsReturned: fundEvent({ documentNumber: Name, reason: Text }),
  /**
   * An entry that another stream was prepared for and that will not be recorded here any more: who sees this may undo
   * the preparation.
   */
  EntryDeclined: object({
    entryId: Uuid,
    entryType: Type.Enum(['FundsAllocated', 'FundsReallocatedOut', 'FundsReallocatedIn']),
    reason: Text,
  }),
  BudgetYearClosed: object({ year: Year }),
  ConstructionStarted: object({}),
  ProgressReported: object({
    month: Month,
    /** Work done in the month, its own account; never derived from payments. */
    completedFen: FenAmount,
    /** Physical progress since the start, decimal text 0–100. */
    physicalPercent: Type.Optional(Type.String({ pattern: '^(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)$' })),
    problems: Type.Optional(Text),
    priorYear: Type.Optional(Type.Literal(true)),
  }),
  ConstructionSuspended: object({ reason: Text }),
  ConstructionResumed: object({}),
  CompletionAccepted: object({ capacity: ActualCapacitySchema, documentNumber: Name }),
  /** 免予竣工验收: lets a project into use without acceptance; names who allowed it. */
  AcceptanceExempted: object({ authority: Name, documentNumber: Name, reason: Text }),
  ProjectCommissioned: object({ capacity: ActualCapacitySchema, bedScope: Type.Optional(BedScopeSchema) }),
  CapacityChanged: object({ before: ActualCapacitySchema, after: ActualCapacitySchema, reason: Text }),
  /** `capacity` is what was in use until then. */
  ProjectDecommissioned: object({ capacity: ActualCapacitySchema, reason: Text }),
  FinalAccountApproved: object({ documentNumber: Name, authority: Name, finalFen: PositiveFen }),
  ProjectEvaluated: object({ documentNumber: Name, conclusion: Text }),
  ProjectWithdrawn: object({ reason: Text }),
  EntryReversed: object({
    reversed: ReversedEvent,
    reason: Text,
    priorYear: Type.Optional(Type.Literal(true)),
  }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof PROJECT_EVENT_SCHEMAS;
export type ProjectEventType = keyof Schemas;
/** A table, read once: of a type still open, the compiler would compare what TypeBox infers for half a minute. */
type DataByType = { [T in ProjectEventType]: Static<Schemas[T]> };
export type ProjectEventData<T extends ProjectEventType> = DataByType[T];

/** An event of a project without its envelope: what a decider returns. */
export type ProjectEvent = {
  [T in ProjectEventType]: { type: T; data: ProjectEventData<T> };
}[ProjectEventType];

/** The stream of one project. */
export const projectStream = (projectId: string): string => `project-${projectId}`;
export const PROJECT_STREAM_PREFIX = 'project-';
