import { Type, type Static, type TSchema } from 'typebox';
import { idFor } from '#libs/kernel/ids.js';
import { PARTIAL_DATE_PATTERN } from '#libs/kernel/partial-date.js';
import { squeeze } from '#libs/kernel/text.js';
import { AREA_PATTERN } from './plan-id.js';
import { Decimal, PrintedValue } from './values.js';
import { FIGURE_SCOPES, POPULATIONS, SHARES_BASES, TARGET_ATTRIBUTES, TASK_STATES } from './vocabulary.js';

/**
 * Events of one plan 整体解决方案 of a region and period, as they are stored. Plain JSON. Values are exact decimal
 * text in the unit that was printed; every figure names the document and the place in it. What nobody printed is an
 * absent key, or the value `unknown` where the document prints an em dash.
 */

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const keysOf = <T extends Record<string, unknown>>(labels: T) =>
  Type.Enum(Object.keys(labels) as (keyof T & string)[]);
const Text = Type.String({ minLength: 1, maxLength: 2000 });
const Name = Type.String({ minLength: 1, maxLength: 300 });
const Year = Type.Integer({ minimum: 1949, maximum: 2200 });
const Region = Type.String({ pattern: '^\\d{6}$' });
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Units = Type.Array(Name, { maxItems: 100 });

/** Where a figure was printed: the document's title or number, and section, table or row. */
const Source = object({ document: Name, locator: Name });
export type Source = Static<typeof Source>;

const figure = {
  /** The division that the figure is about: the plan's own, one inside it, or one it is compared with. */
  region: Region,
  /** The indicator's name in one spelling, so that figures of one indicator are found together. */
  indicator: Name,
  /** As the document prints it. */
  printedName: Name,
  /** As printed: 万张, %; empty where none is printed. */
  unit: Type.String({ maxLength: 30 }),
  scope: Type.Optional(keysOf(FIGURE_SCOPES)),
  year: Type.Optional(Year),
  value: PrintedValue,
  source: Source,
  note: Type.Optional(Text),
};

const details = {
  title: Name,
  documentNumber: Type.Optional(Name),
  authority: Type.Optional(Name),
  /** SHA-256 of the text that the locators count lines in. */
  textDigest: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  note: Type.Optional(Text),
};
const PlanDetails = object(details);
export type PlanDetails = Static<typeof PlanDetails>;

const Share = object({ region: Region, value: PrintedValue });
export type Share = Static<typeof Share>;

export const PLAN_ENTRY_SCHEMAS = {
  /** A state of things that the document reports: 12,559 places at the end of 2022. */
  BaselineRecorded: object(figure),
  /** How many people an indicator divides by, and by which count (census, year book). */
  PopulationRecorded: object({
    region: Region,
    population: keysOf(POPULATIONS),
    printedName: Name,
    year: Year,
    /** In persons; `printedAs` keeps 485.84万人. */
    persons: Decimal,
    printedAs: Name,
    source: Source,
    note: Type.Optional(Text),
  }),
  /** What the document expects to come or estimates as demand: neither a state nor a promise. */
  ForecastRecorded: object(figure),
  /** What the plan promises; without a year it is a standard (配建标准) or the end of the period. */
  TargetSet: object({
    ...figure,
    attribute: Type.Optional(keysOf(TARGET_ATTRIBUTES)),
    leadUnits: Type.Optional(Units),
  }),
  TaskAssigned: object({
    /** Stays the same when the task is corrected: `taskIdFor`. */
    taskId: Uuid,
    title: Name,
    leadUnits: Units,
    supportingUnits: Units,
    /** The form the document uses: 牵头+按职责分工. */
    wording: Type.Optional(Name),
    deadline: Type.Optional(Type.String({ pattern: PARTIAL_DATE_PATTERN })),
    deliverable: Type.Optional(Text),
    /** The indicator that tells how far it is, with the year of the target. */
    indicator: Type.Optional(Name),
    year: Type.Optional(Year),
    source: Source,
    note: Type.Optional(Text),
  }),
  /** What a unit says of a task, for the whole region or a county. */
  TaskReported: object({ taskId: Uuid, region: Region, state: keysOf(TASK_STATES), note: Text }),
  /** 任务分解: a target divided among the counties. */
  CountySharesSet: object({
    indicator: Name,
    scope: Type.Optional(keysOf(FIGURE_SCOPES)),
    year: Year,
    unit: Type.String({ maxLength: 30 }),
    basis: keysOf(SHARES_BASES),
    /** The sum that the table itself prints. */
    printedTotal: Type.Optional(PrintedValue),
    shares: Type.Array(Share, { minItems: 1, maxItems: 300 }),
    source: Source,
  }),
} as const satisfies Record<string, TSchema>;

export const PLAN_EVENT_SCHEMAS = {
  PlanAdopted: object({
    region: Region,
    /** An area without a division code: its short name for ids, and its name. */
    area: Type.Optional(object({ code: Type.String({ pattern: AREA_PATTERN }), name: Name })),
    period: object({ from: Year, to: Year }),
    ...details,
  }),
  /** The plan is called otherwise than was recorded; region and period make its id and never change. */
  PlanDetailsRevised: object({ before: PlanDetails, after: PlanDetails, reason: Text }),
  ...PLAN_ENTRY_SCHEMAS,
  /** Takes one entry back; it repeats the entry in full, so that a reader needs no look-up. */
  EntryReversed: object({
    reversed: object({
      id: Uuid,
      type: keysOf(PLAN_ENTRY_SCHEMAS),
      effectiveDate: Type.String({ pattern: PARTIAL_DATE_PATTERN }),
      data: Type.Record(Type.String(), Type.Unknown()),
      /** Version of the schema of these data; 1 where it is left out. */
      schemaVersion: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    reason: Text,
  }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof PLAN_EVENT_SCHEMAS;
export type PlanEventType = keyof Schemas;
/** A table, as for the events of a project. */
type DataByType = { [T in PlanEventType]: Static<Schemas[T]> };
export type PlanEventData<T extends PlanEventType> = DataByType[T];
export type PlanEvent = { [T in PlanEventType]: { type: T; data: PlanEventData<T> } }[PlanEventType];

export type PlanEntryType = keyof typeof PLAN_ENTRY_SCHEMAS;
/** Something recorded of a plan that can be taken back. */
export type PlanEntry = Extract<PlanEvent, { type: PlanEntryType }>;

/** A task's id follows from what it is called and where it stands, so that a repeated import names the same task. */
export function taskIdFor(planId: string, title: string, { document, locator }: Source): string {
  return idFor('plan-task', planId, squeeze(title), squeeze(document), squeeze(locator));
}
