import { idFor } from '#libs/kernel/ids.js';
import { RevisionConflict } from '#libs/event-store/errors.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { ProjectSubmission, Recorded } from '#libs/projects/application/submission.js';
import type { ProjectEventData } from '#libs/projects/domain/events.js';

/** The same from whoever declines, and in every version: two senders of one submission say one thing. */
// eslint-disable-next-line no-restricted-syntax -- recorded so since the first
const REASON = '登记前情况已变化,未能登记';

type Recorder = Pick<ProjectRecorder, 'record' | 'rehearse'>;

/**
 * Writes into the project's stream that a submission will not be recorded any more, so that what was prepared for it
 * elsewhere can be undone. The stream has one writer at a time: either the submission is in it already, and is the
 * answer, or nobody can record it from now on.
 *
 * @returns what another sender of the same submission recorded; undefined once it is declined
 */
export async function declineOr(
  projects: Recorder,
  submission: ProjectSubmission,
  entryType: ProjectEventData<'EntryDeclined'>['entryType'],
): Promise<Recorded | undefined> {
  const { projectId, commandId, effectiveDate, actor } = submission;
  await projects.record({
    projectId,
    commands: [{ type: 'DeclineEntry', data: { entryId: idFor(commandId, '0'), entryType, reason: REASON } }],
    effectiveDate,
    actor,
    commandId: idFor('decline', commandId),
    evidence: [],
    correlationId: submission.correlationId ?? commandId,
    causationId: commandId,
  });
  try {
    return (await projects.rehearse(submission)).settled;
  } catch (error) {
    if (error instanceof Refusal || error instanceof RevisionConflict) return undefined;
    throw error;
  }
}
