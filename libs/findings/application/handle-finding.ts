import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FindingRecorder, type HandlingRecorded, type HandlingSubmission } from './finding-recorder.js';

/** The one command that writes about a finding; what was done is inside the submission. */
export class HandleFinding extends Command<HandlingRecorded> {
  constructor(readonly submission: HandlingSubmission) {
    super();
  }
}

@CommandHandler(HandleFinding)
export class HandleFindingHandler implements ICommandHandler<HandleFinding> {
  constructor(private readonly recorder: FindingRecorder) {}

  execute({ submission }: HandleFinding): Promise<HandlingRecorded> {
    return this.recorder.record(submission);
  }
}
