import { Type, type Static, type TSchema } from 'typebox';
import { idFor } from '#libs/kernel/ids.js';
import { squeeze } from '#libs/kernel/text.js';
import { FUNDING_LEVELS, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';

/** Events of one plan document 投资计划, as they are stored. Plain JSON; money is `…Fen`, a decimal string of fen. */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const keysOf = <T extends Record<string, unknown>>(labels: T) =>
  Type.Enum(Object.keys(labels) as (keyof T & string)[]);
const PositiveFen = Type.String({ pattern: '^[1-9]\\d{0,18}$' });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

const FenAmount = Type.String({ pattern: '^(0|[1-9]\\d{0,18})$' });
/** Which of the two has a line of its own, that shrank or grew. */
const lined = { fromLine: Type.Boolean(), toLine: Type.Boolean() };
const reallocated = <P extends Record<string, TSchema>>(more: P) =>
  object({
    reallocationId: Uuid,
    fromProjectId: Uuid,
    toProjectId: Uuid,
    amountFen: PositiveFen,
    ...lined,
    ...more,
  });

const FundPlanLine = object({ projectId: Uuid, amountFen: PositiveFen });
export type FundPlanLine = Static<typeof FundPlanLine>;

export const FUND_PLAN_EVENT_SCHEMAS = {
  /** 下达投资计划: so much of one source and budget year, in part or wholly by project. */
  FundPlanIssued: object({
    documentNumber: Name,
    authority: Name,
    title: Type.Optional(Name),
    /** The division it is addressed to: only projects inside draw on it. */
    region: Type.String({ pattern: '^\\d{6}$' }),
    source: keysOf(FUNDING_SOURCES),
    level: Type.Optional(keysOf(FUNDING_LEVELS)),
    budgetYear: Type.Integer({ minimum: 1949, maximum: 2200 }),
    totalFen: PositiveFen,
    /** A project at most once; what they leave of the total may go to projects without a line. */
    lines: Type.Array(FundPlanLine, { maxItems: 2000 }),
  }),
  /**
   * 调整投资计划: total and lines anew, by a document of its own; what was drawn stays covered. A line that a reallocation
   * emptied stands at 0.
   */
  FundPlanAdjusted: object({
    documentNumber: Name,
    authority: Name,
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
    totalFen: PositiveFen,
    lines: Type.Array(FundPlanLine, { maxItems: 2000 }),
    previousTotalFen: PositiveFen,
    previousLines: Type.Array(object({ projectId: Uuid, amountFen: FenAmount }), { maxItems: 2000 }),
  }),
  /**
   * Money drawn by one project went to another (调剂), and the lines with it: where a project has a line it shrinks or
   * grows by the amount, so nothing is over its limit that was not.
   */
  DrawReallocated: reallocated({}),
  /** The reallocation was not recorded after all, or was reversed: draws and lines go back. */
  DrawReallocationReleased: reallocated({
    cause: Type.Enum(['reallocationRefused', 'reallocationReversed']),
  }),
  /** An allocation to a project holds this much of the document. `allocationId` is the id of the project's event. */
  AllocationDrawn: object({ allocationId: Uuid, projectId: Uuid, amountFen: PositiveFen }),
  /** The allocation was not recorded after all, or was reversed. */
  DrawReleased: object({
    allocationId: Uuid,
    projectId: Uuid,
    amountFen: PositiveFen,
    cause: Type.Enum(['allocationRefused', 'allocationReversed']),
  }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof FUND_PLAN_EVENT_SCHEMAS;
export type FundPlanEventType = keyof Schemas;
/** A table, as for the events of a project. */
type DataByType = { [T in FundPlanEventType]: Static<Schemas[T]> };
export type FundPlanEventData<T extends FundPlanEventType> = DataByType[T];
export type FundPlanEvent = {
  [T in FundPlanEventType]: { type: T; data: FundPlanEventData<T> };
}[FundPlanEventType];

export const FUND_PLAN_STREAM_PREFIX = 'fund-plan-';
export const fundPlanStream = (planId: string): string => FUND_PLAN_STREAM_PREFIX + planId;

/**
 * The id of the document with this number 文号. The same number is typed in many ways: 示例发改〔2025〕8号, with square
 * brackets, full-width digits or spaces. All of them name one document.
 */
export function fundPlanId(documentNumber: string): string {
  return idFor(
    'fund-plan',
    squeeze(documentNumber)
      .replace(/[〔【[(]/gu, '〔')
      .replace(/[〕】\])]/gu, '〕'),
  );
}
