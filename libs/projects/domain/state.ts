import type { ActualCapacity } from '#libs/kernel/capacity.js';
import type { Fen } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { FundingPlanLine, ProjectDetails, ProjectEventData, ProjectEventType } from './events.js';
import { MoneyLines } from './money-lines.js';
import type { ProjectStage, ReadinessCondition } from './vocabulary.js';

/**
 * What is known of a project, one key a question. Values are replaced, never changed in place: a reversal puts the
 * earlier value back.
 */
export interface ProjectFacts {
  projectId: string | undefined;
  /** Undefined until the project enters the pool. */
  stage: ProjectStage | undefined;
  /** Effective date of the event that brought the present stage; undefined for 入库, whose date is the list's. */
  since: PartialDate | undefined;
  details: ProjectDetails | undefined;
  code: string | undefined;
  nationalLibrary: true | undefined;
  approval: ProjectEventData<'ProjectApproved'> | undefined;
  estimate: { fen: Fen; since: PartialDate } | undefined;
  plan: readonly FundingPlanLine[] | undefined;
  started: true | undefined;
  exempted: true | undefined;
  accepted: ActualCapacity | undefined;
  inUse: ActualCapacity | undefined;
  finalAccount: true | undefined;
  evaluated: true | undefined;
  [listing: `listing.${number}`]: ProjectEventData<'ProjectListedForYear'> | undefined;
  [readiness: `readiness.${string}`]: ProjectEventData<'ReadinessConditionMet'> | undefined;
}
export type FactKey = keyof ProjectFacts;

/** A past event as a reversal needs it. */
export interface PastEntry {
  id: string;
  type: ProjectEventType;
  data: ProjectEventData<ProjectEventType>;
  effectiveDate: PartialDate;
  reversed: boolean;
  /** The facts as they were before this event, for those that it set. */
  undo: Partial<ProjectFacts>;
}

export interface MonthlyProgress {
  completedFen: Fen;
  physicalPercent: string | undefined;
}

/**
 * The state of one fold. Money, months, closed years and the past are changed in place, so that folding a long stream
 * costs the same for every event: take a fresh `initialState()` for each fold and share no state between two.
 */
export interface ProjectState extends ProjectFacts {
  readonly money: MoneyLines;
  readonly progress: Map<string, MonthlyProgress>;
  readonly closedYears: Set<number>;
  readonly entries: Map<string, PastEntry>;
  /** Ids of entries that will not be recorded any more. */
  readonly declined: Set<string>;
  /** Per fact, the ids of the events that set it or rest on it, oldest first. */
  readonly marks: Map<FactKey, string[]>;
}

export function initialState(): ProjectState {
  return {
    projectId: undefined,
    stage: undefined,
    since: undefined,
    details: undefined,
    code: undefined,
    nationalLibrary: undefined,
    approval: undefined,
    estimate: undefined,
    plan: undefined,
    started: undefined,
    exempted: undefined,
    accepted: undefined,
    inUse: undefined,
    finalAccount: undefined,
    evaluated: undefined,
    money: new MoneyLines(),
    progress: new Map(),
    closedYears: new Set(),
    entries: new Map(),
    declined: new Set(),
    marks: new Map(),
  };
}

export const readinessKey = (condition: ReadinessCondition) => `readiness.${condition}` as const;
export const listingKey = (year: number) => `listing.${year}` as const;
