import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { PlanDetails, PlanEventData } from './events.js';

/** What can be done with a plan. Where a command records an entry, its data are those of the entry. */
export interface PlanCommands {
  AdoptPlan: PlanEventData<'PlanAdopted'>;
  RevisePlanDetails: { details: PlanDetails; reason: string };
  RecordBaseline: PlanEventData<'BaselineRecorded'>;
  RecordPopulation: PlanEventData<'PopulationRecorded'>;
  RecordForecast: PlanEventData<'ForecastRecorded'>;
  SetTarget: PlanEventData<'TargetSet'>;
  AssignTask: PlanEventData<'TaskAssigned'>;
  ReportTask: PlanEventData<'TaskReported'>;
  SetCountyShares: PlanEventData<'CountySharesSet'>;
  ReverseEntry: { eventId: string; reason: string };
}
export type PlanCommandType = keyof PlanCommands;
export type PlanCommand = { [T in PlanCommandType]: { type: T; data: PlanCommands[T] } }[PlanCommandType];

/** When it is said to have happened, and the calendar day in China on which it is recorded. */
export interface PlanContext {
  effectiveDate: PartialDate;
  today: string;
}
