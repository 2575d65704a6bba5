import type { PartialDate } from '#libs/kernel/partial-date.js';
import type {
  ProjectDetails,
  ProjectEvent,
  ProjectEventData,
  ProjectEventType,
} from '#libs/projects/domain/events.js';
import type { ListEntry } from './queries.js';
import { newlyEntered, type RegisteredProject } from './registered-project.js';

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

const CHANGES: Changes = {
  ProjectDetailsRevised: ({ before, after }, { details }) => ({ details: revised(details, before, after) }),
  ProjectCodeAssigned: ({ code }) => ({ code }),
  ProjectListedForYear: ({ year, listTitle, sequence }, { lists }) => ({
    lists: listed(lists, { title: listTitle, year, sequence: sequence ?? null }),
  }),
  ProjectDelisted: ({ year }, { lists }) => ({ lists: lists.filter((list) => list.year !== year) }),
  ProjectEnteredNationalLibrary: ({ libraryNumber }) => ({ library: { number: libraryNumber ?? null } }),
  ReadinessConditionMet: ({ condition, note }, { conditions }, since) => ({
    conditions: { ...conditions, [condition]: { met: true, since, note: note ?? null } },
  }),
  ReadinessConditionLapsed: ({ condition, reason }, { conditions }, since) => ({
    conditions: { ...conditions, [condition]: { met: false, since, note: reason } },
  }),
  ProjectApproved: (approval, _, date) => ({ approval: { ...approval, date }, stage: 'Approved' }),
  ApprovalRevoked: () => ({ approval: null, estimateFen: null, stage: 'Pooled' }),
  EstimateApproved: ({ estimateFen }) => ({ estimateFen }),
  EstimateAdjusted: ({ estimateFen }) => ({ estimateFen }),
  FundingPlanned: ({ lines }) => ({ plan: lines }),
  FundingPlanRevised: ({ lines }) => ({ plan: lines }),
  ConstructionStarted: (_data, _, startedOn) => ({ startedOn, stage: 'UnderConstruction' }),
  ConstructionSuspended: () => ({ stage: 'Suspended' }),
  ConstructionResumed: () => ({ stage: 'UnderConstruction' }),
  CompletionAccepted: ({ capacity }, _, on) => ({ accepted: { on, capacity }, stage: 'Accepted' }),
  ProjectCommissioned: ({ capacity }, _, commissionedOn) => ({
    commissionedOn,
    inUse: capacity,
    stage: 'InUse',
  }),
  CapacityChanged: ({ after }) => ({ inUse: after }),
  ProjectDecommissioned: () => ({ inUse: {}, stage: 'Decommissioned' }),
  FinalAccountApproved: ({ finalFen }) => ({ finalFen }),
  ProjectWithdrawn: () => ({ stage: 'Withdrawn' }),
};

/** Events that the register shows anything of. */
export const REGISTER_FACTS: readonly string[] = ['ProjectEnteredPool', ...Object.keys(CHANGES)];

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
      project = { ...project, ...change?.(data, project, effective) };
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
