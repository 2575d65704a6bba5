import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Rehearsal } from './project-recorder.js';
import type { ProjectSubmission, Recorded } from './submission.js';

/** Who records a submission: a project's recorder alone, or one that sees to other streams with it. */
export abstract class FactRecorder {
  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  abstract record(submission: ProjectSubmission): Promise<Recorded>;

  /** Decides on what is stored now and stores nothing. @throws Refusal, RevisionConflict, StoreUnavailable */
  abstract rehearse(submission: ProjectSubmission): Promise<Rehearsal>;
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

/** What recording a submission would lead to, as far as the project itself decides; nothing is stored. */
export class RehearseProjectFact extends Command<Rehearsal> {
  constructor(readonly submission: ProjectSubmission) {
    super();
  }
}

@CommandHandler(RehearseProjectFact)
export class RehearseProjectFactHandler implements ICommandHandler<RehearseProjectFact> {
  constructor(private readonly recorder: FactRecorder) {}

  execute({ submission }: RehearseProjectFact): Promise<Rehearsal> {
    return this.recorder.rehearse(submission);
  }
}
