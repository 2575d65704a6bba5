import type { ProjectEventData, ProjectEventType } from '../events.js';
import type { DatedProjectEvent } from '../recorded-event.js';
import { listingKey, readinessKey, type FactKey, type ProjectFacts, type ProjectState } from '../state.js';

type Change<T extends ProjectEventType> = (
  data: ProjectEventData<T>,
  state: ProjectState,
  event: DatedProjectEvent,
) => Partial<ProjectFacts>;

/** The facts that each event sets. Types that are not here change money, months or years only. */
export const FACT_CHANGES: { readonly [T in ProjectEventType]?: Change<T> } = {
  ProjectEnteredPool: ({ projectId, details }) => ({ projectId, details, stage: 'Pooled' }),
  ProjectDetailsRevised: ({ before, after }, { details }) => ({
    details: {
      ...Object.fromEntries(Object.entries(details!).filter(([field]) => !(field in before))),
      ...after,
    } as ProjectFacts['details'],
  }),
  ProjectCodeAssigned: ({ code }) => ({ code }),
  ProjectListedForYear: (listing) => setFact(listingKey(listing.year), listing),
  ProjectDelisted: ({ year }) => setFact(listingKey(year), undefined),
  ProjectEnteredNationalLibrary: () => ({ nationalLibrary: true }),
  ReadinessConditionMet: (met) => setFact(readinessKey(met.condition), met),
  ReadinessConditionLapsed: ({ condition }) => setFact(readinessKey(condition), undefined),
  ProjectApproved: (approval, _, { effectiveDate }) => ({
    approval,
    stage: 'Approved',
    since: effectiveDate,
  }),
  // What was estimated under a revoked approval is void with it.
  ApprovalRevoked: (_data, _, { effectiveDate }) => ({
    approval: undefined,
    estimate: undefined,
    stage: 'Pooled',
    since: effectiveDate,
  }),
  EstimateApproved: ({ estimateFen }, _, { effectiveDate }) => ({
    estimate: { fen: BigInt(estimateFen), since: effectiveDate },
  }),
  // The project has had an estimate since the first one, whatever it was adjusted to.
  EstimateAdjusted: ({ estimateFen }, { estimate }) => ({
    estimate: { fen: BigInt(estimateFen), since: estimate!.since },
  }),
  FundingPlanned: ({ lines }) => ({ plan: lines }),
  FundingPlanRevised: ({ lines }) => ({ plan: lines }),
  ConstructionStarted: (_data, _, { effectiveDate }) => ({
    started: true,
    stage: 'UnderConstruction',
    since: effectiveDate,
  }),
  ConstructionSuspended: (_data, _, { effectiveDate }) => ({ stage: 'Suspended', since: effectiveDate }),
  ConstructionResumed: (_data, _, { effectiveDate }) => ({
    stage: 'UnderConstruction',
    since: effectiveDate,
  }),
  CompletionAccepted: ({ capacity }, _, { effectiveDate }) => ({
    accepted: capacity,
    stage: 'Accepted',
    since: effectiveDate,
  }),
  AcceptanceExempted: () => ({ exempted: true }),
  ProjectCommissioned: ({ capacity }, _, { effectiveDate }) => ({
    inUse: capacity,
    stage: 'InUse',
    since: effectiveDate,
  }),
  CapacityChanged: ({ after }) => ({ inUse: after }),
  ProjectDecommissioned: (_data, _, { effectiveDate }) => ({
    inUse: undefined,
    stage: 'Decommissioned',
    since: effectiveDate,
  }),
  FinalAccountApproved: () => ({ finalAccount: true }),
  ProjectEvaluated: () => ({ evaluated: true }),
  ProjectWithdrawn: (_data, _, { effectiveDate }) => ({ stage: 'Withdrawn', since: effectiveDate }),
};

/** One fact under a key made up at run time. */
function setFact<K extends FactKey>(key: K, value: ProjectFacts[K]): Partial<ProjectFacts> {
  return { [key]: value } as Partial<ProjectFacts>;
}

/** Facts that an event rests on without setting them: they cannot be taken back from under it. */
export const RESTS_ON: { readonly [T in ProjectEventType]?: readonly FactKey[] } = {
  EstimateApproved: ['approval'],
  FundsApplied: ['approval'],
  FundsAllocated: ['approval'],
  FundsReallocatedIn: ['approval'],
  FundsReturned: ['accepted', 'exempted'],
  ConstructionStarted: ['approval', 'estimate'],
  ProgressReported: ['started'],
  ProjectCommissioned: ['accepted', 'exempted'],
  CapacityChanged: ['accepted'],
  FinalAccountApproved: ['stage'],
  ProjectEvaluated: ['stage', 'finalAccount'],
};
