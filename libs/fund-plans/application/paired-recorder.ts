import type { Rehearsal } from '#libs/projects/application/project-recorder.js';
import { FactRecorder } from '#libs/projects/application/record-project-fact.js';
import type { ProjectSubmission, Recorded } from '#libs/projects/application/submission.js';
import type { Reallocator } from './reallocator.js';

/** Records facts of projects, and has a reversal of half a reallocation reverse the other half with it. */
export class PairedRecorder extends FactRecorder {
  constructor(
    private readonly inner: FactRecorder,
    private readonly reallocator: Reallocator,
  ) {
    super();
  }

  async record(submission: ProjectSubmission): Promise<Recorded> {
    return (await this.reallocator.reverse(submission)) ?? this.inner.record(submission);
  }

  /** Of a reversal, only what the named project decides: the other half is tried when it is recorded. */
  rehearse(submission: ProjectSubmission): Promise<Rehearsal> {
    return this.inner.rehearse(submission);
  }
}
