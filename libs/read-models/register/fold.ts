import type { PartialDate } from '#libs/kernel/partial-date.js';
import type {
  ProjectDetails,
  ProjectEvent,
  ProjectEventData,
  ProjectEventType,
} from '#libs/projects/domain/events.js';
import type { ProjectStage } from '#libs/projects/domain/vocabulary.js';
import {
  newlyEntered,
  type Condition,
  type ListEntry,
  type RegisteredProject,
} from './registered-project.js';

/** An event that the register has a meaning for. */
export interface RegisterFact {
  type: ProjectEventType;
  data: ProjectEvent['data'];
  position: string;
  effective: PartialDate;
}

type Changes = {
  readonly [T in ProjectEventType]?: (
    data: ProjectEventData<T>,
    project: RegisteredProject,
    effective: PartialDate,
  ) => Partial<RegisteredProject>;
};

/** Where an event brings a project. */
const STAGE_AFTER: { readonly [T in ProjectEventType]?: ProjectStage } = {
  ProjectApproved: 'Approved',
  ApprovalRevoked: 'Pooled',
  ConstructionStarted: 'UnderConstruction',
  ConstructionSuspended: 'Suspended',
  ConstructionResumed: 'UnderConstruction',
  CompletionAccepted: 'Accepted',
  ProjectCommissioned: 'InUse',
  ProjectDecommissioned: 'Decommissioned',
  ProjectWithdrawn: 'Withdrawn',
};

const CHANGES: Changes = {
  ProjectDetailsRevised: ({ before, after }, { details }) => ({ details: revised(details, before, after) }),
  ProjectCodeAssigned: ({ code }) => ({ code }),
  ProjectListedForYear: ({ year, listTitle, sequence }, { lists }) => ({
    lists: listed(lists, { title: listTitle, year, sequence: sequence ?? null }),
  }),
  ProjectDelisted: ({ year }, { lists }) => ({ lists: lists.filter((list) => list.year !== year) }),
  ProjectEnteredNationalLibrary: ({ libraryNumber }) => ({ library: { number: libraryNumber ?? null } }),
  ReadinessConditionMet: ({ condition, note }, { conditions }, since) => ({
    conditions: { ...conditions, [condition]: metCondition(conditions[condition], since, note) },
  }),
  ReadinessConditionLapsed: ({ condition, reason }, { conditions }, since) => ({
    conditions: { ...conditions, [condition]: { met: false, since, note: reason } },
  }),
  ProjectApproved: (approval, _, date) => ({ approval: { ...approval, date } }),
  ApprovalRevoked: () => ({ approval: null, estimateFen: null }),
  EstimateApproved: ({ estimateFen }) => ({ estimateFen }),
  EstimateAdjusted: ({ estimateFen }) => ({ estimateFen }),
  FundingPlanned: ({ lines }) => ({ plan: lines }),
  FundingPlanRevised: ({ lines }) => ({ plan: lines }),
  ConstructionStarted: (_data, _, startedOn) => ({ startedOn }),
  CompletionAccepted: ({ capacity }, _, on) => ({ accepted: { on, capacity } }),
  ProjectCommissioned: ({ capacity }, _, commissionedOn) => ({
    commissionedOn,
    inUse: capacity,
  }),
  CapacityChanged: ({ after }) => ({ inUse: after }),
  ProjectDecommissioned: () => ({ inUse: {} }),
  FinalAccountApproved: ({ finalFen }) => ({ finalFen }),
};

/** A condition that was met already stands since then, with the note that was given last. */
const metCondition = (before: Condition, since: PartialDate, note?: string): Condition =>
  before.met ? { ...before, note: note ?? before.note } : { met: true, since, note: note ?? null };

/** Events that the register shows anything of. */
export const REGISTER_FACTS: readonly string[] = [
  ...new Set(['ProjectEnteredPool', ...Object.keys(CHANGES), ...Object.keys(STAGE_AFTER)]),
];

/** A project from its facts in the order of its stream; those taken back are left out by the caller. */
export function foldProject(facts: readonly RegisterFact[]): RegisteredProject | undefined {
  let project: RegisteredProject | undefined;
  for (const { type, data, position, effective } of facts) {
    if (type === 'ProjectEnteredPool') {
      project = newlyEntered(data as ProjectEventData<'ProjectEnteredPool'>, position, effective);
    } else if (project) {
      const change = CHANGES[type] as
        | ((data: unknown, project: RegisteredProject, effective: PartialDate) => Partial<RegisteredProject>)
        | undefined;
      const stage = STAGE_AFTER[type] ?? project.stage;
      project = { ...project, ...change?.(data, project, effective), stage };
    }
  }
  return project;
}

/** Fields that stand before only have become unknown. */
function revised(
  details: ProjectDetails,
  before: Partial<ProjectDetails>,
  after: Partial<ProjectDetails>,
): ProjectDetails {
  const kept = Object.entries(details).filter(([field]) => !(field in before));
  return { ...Object.fromEntries(kept), ...after } as ProjectDetails;
}

/** The list a project entered with and the list of a year are one where they have one title. */
function listed(lists: readonly ListEntry[], entry: ListEntry): ListEntry[] {
  return [
    ...lists.filter(({ title, year }) => year !== entry.year && !(year === null && title === entry.title)),
    entry,
  ];
}

/** Rows of facts by project, each project's in their order; every id asked for has a place, if an empty one. */
export function byProject<F extends { project_id: string }>(
  ids: readonly string[],
  facts: readonly F[],
): Map<string, F[]> {
  const found = new Map<string, F[]>(ids.map((id) => [id, []]));
  for (const fact of facts) found.get(fact.project_id)!.push(fact);
  return found;
}
