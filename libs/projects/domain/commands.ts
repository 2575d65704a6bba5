import type { ActualCapacity, BedScope } from '#libs/kernel/capacity.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { FundingPlanLine, ProjectDetails, ProjectEventData } from './events.js';

/** Data of each command. Where it says the same as its event, it is the event's own type. */
export interface ProjectCommands {
  EnterPool: ProjectEventData<'ProjectEnteredPool'>;
  /** Full new details; the decider finds what changed, and nothing changed is no event. */
  ReviseDetails: { details: ProjectDetails };
  AssignCode: { code: string };
  ListForYear: ProjectEventData<'ProjectListedForYear'>;
  Delist: ProjectEventData<'ProjectDelisted'>;
  EnterNationalLibrary: ProjectEventData<'ProjectEnteredNationalLibrary'>;
  MeetReadinessCondition: ProjectEventData<'ReadinessConditionMet'>;
  LapseReadinessCondition: ProjectEventData<'ReadinessConditionLapsed'>;
  Approve: ProjectEventData<'ProjectApproved'>;
  RevokeApproval: { authority: string; reason: string };
  ApproveEstimate: ProjectEventData<'EstimateApproved'>;
  AdjustEstimate: { documentNumber: string; authority: string; estimateFen: string; reason: string };
  /** The full plan by source. The first is FundingPlanned, a later one FundingPlanRevised and needs a reason. */
  PlanFunding: {
    lines: FundingPlanLine[];
    reason?: string;
    /** From a published list, which prints amounts only: what it does not say is asked for at the allocation. */
    asListed?: true;
  };
  ApplyForFunds: ProjectEventData<'FundsApplied'>;
  AllocateFunds: ProjectEventData<'FundsAllocated'>;
  DisburseFunds: ProjectEventData<'FundsDisbursed'>;
  ReceiveFunds: ProjectEventData<'FundsReceived'>;
  PayFunds: ProjectEventData<'FundsPaid'>;
  CarryForwardFunds: ProjectEventData<'FundsCarriedForward'>;
  ReallocateFundsOut: ProjectEventData<'FundsReallocatedOut'>;
  ReallocateFundsIn: ProjectEventData<'FundsReallocatedIn'>;
  RecoverFunds: ProjectEventData<'FundsRecovered'>;
  ReturnSurplus: ProjectEventData<'FundsReturned'>;
  DeclineEntry: ProjectEventData<'EntryDeclined'>;
  CloseBudgetYear: { year: number };
  StartConstruction: Record<string, never>;
  ReportProgress: ProjectEventData<'ProgressReported'>;
  SuspendConstruction: { reason: string };
  ResumeConstruction: Record<string, never>;
  AcceptCompletion: ProjectEventData<'CompletionAccepted'>;
  ExemptAcceptance: ProjectEventData<'AcceptanceExempted'>;
  Commission: { capacity: ActualCapacity; bedScope?: BedScope };
  ChangeCapacity: { capacity: ActualCapacity; reason: string };
  Decommission: { reason: string };
  ApproveFinalAccount: ProjectEventData<'FinalAccountApproved'>;
  Evaluate: ProjectEventData<'ProjectEvaluated'>;
  Withdraw: { reason: string };
  ReverseEntry: { eventId: string; reason: string; priorYear?: true };
}

export type ProjectCommandType = keyof ProjectCommands;

/** What the command says about time. `today` is the calendar day in China when it was received. */
export interface CommandContext {
  effectiveDate: PartialDate;
  today: string;
}

export type ProjectCommand = {
  [T in ProjectCommandType]: { type: T; data: ProjectCommands[T]; context: CommandContext };
}[ProjectCommandType];
