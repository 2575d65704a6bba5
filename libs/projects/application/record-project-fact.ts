import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ProjectRecorder } from './project-recorder.js';
import type { ProjectSubmission, Recorded } from './submission.js';

/** The one command on the bus that writes to a project; what happened is inside the submission. */
export class RecordProjectFact extends Command<Recorded> {
  constructor(readonly submission: ProjectSubmission) {
    super();
  }
}

@CommandHandler(RecordProjectFact)
export class RecordProjectFactHandler implements ICommandHandler<RecordProjectFact> {
  constructor(private readonly recorder: ProjectRecorder) {}

  execute({ submission }: RecordProjectFact): Promise<Recorded> {
    return this.recorder.record(submission);
  }
}
