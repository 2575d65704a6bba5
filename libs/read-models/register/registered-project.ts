import type { ActualCapacity } from '#libs/kernel/capacity.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { FundingPlanLine, ProjectDetails, ProjectEventData } from '#libs/projects/domain/events.js';
import {
  READINESS_CONDITIONS,
  type ProjectStage,
  type ReadinessCondition,
} from '#libs/projects/domain/vocabulary.js';

/** A list that named the project. `year` is null for the list it entered the pool with, where that has no year. */
export interface ListEntry {
  title: string;
  year: number | null;
  sequence: number | null;
}

/** State of one readiness condition; `since` and `note` are null while it was never met. */
export interface Condition {
  met: boolean;
  since: PartialDate | null;
  note: string | null;
}

/** What the register knows of a project, in JSON: money as decimal strings of fen. */
export interface RegisteredProject {
  details: ProjectDetails;
  /** Position of the event that entered it. */
  entered: string;
  enteredPool: PartialDate;
  stage: ProjectStage;
  code: string | null;
  lists: ListEntry[];
  conditions: Record<ReadinessCondition, Condition>;
  approval: (ProjectEventData<'ProjectApproved'> & { date: PartialDate }) | null;
  estimateFen: string | null;
  finalFen: string | null;
  library: { number: string | null } | null;
  plan: FundingPlanLine[] | null;
  startedOn: PartialDate | null;
  accepted: { on: PartialDate; capacity: ActualCapacity } | null;
  commissionedOn: PartialDate | null;
  inUse: ActualCapacity;
}

export const CONDITIONS = Object.keys(READINESS_CONDITIONS) as ReadinessCondition[];

export function newlyEntered(
  { details, list }: ProjectEventData<'ProjectEnteredPool'>,
  entered: string,
  enteredPool: PartialDate,
): RegisteredProject {
  const unmet = CONDITIONS.map((condition) => [condition, { met: false, since: null, note: null }] as const);
  return {
    details,
    entered,
    enteredPool,
    stage: 'Pooled',
    code: null,
    lists: list ? [{ title: list.title, year: null, sequence: list.sequence ?? null }] : [],
    conditions: Object.fromEntries(unmet) as Record<ReadinessCondition, Condition>,
    approval: null,
    estimateFen: null,
    finalFen: null,
    library: null,
    plan: null,
    startedOn: null,
    accepted: null,
    commissionedOn: null,
    inUse: {},
  };
}
