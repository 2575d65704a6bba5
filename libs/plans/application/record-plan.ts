import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlanRecorder } from './plan-recorder.js';
import type { PlanRecorded, PlanSubmission } from './plan-submission.js';

/** The one command on the bus that writes to a plan. @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
export class RecordPlan extends Command<PlanRecorded> {
  constructor(readonly submission: PlanSubmission) {
    super();
  }
}

@CommandHandler(RecordPlan)
export class RecordPlanHandler implements ICommandHandler<RecordPlan> {
  constructor(private readonly recorder: PlanRecorder) {}

  execute({ submission }: RecordPlan): Promise<PlanRecorded> {
    return this.recorder.record(submission);
  }
}
