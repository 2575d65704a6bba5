import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProjectSubmission, Recorded } from './submission.js';

/** Who records a submission: a project's recorder alone, or one that sees to other streams with it. */
export abstract class FactRecorder {
  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  abstract record(submission: ProjectSubmission): Promise<Recorded>;
}

/** The one command on the bus that writes to a project; what happened is inside the submission. */
export class RecordProjectFact extends Command<Recorded> {
  constructor(readonly submission: ProjectSubmission) {
    super();
  }
}

@CommandHandler(RecordProjectFact)
export class RecordProjectFactHandler implements ICommandHandler<RecordProjectFact> {
  constructor(private readonly recorder: FactRecorder) {}

  execute({ submission }: RecordProjectFact): Promise<Recorded> {
    return this.recorder.record(submission);
  }
}
