import type { AppendRequest } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { encodeProjectEvents } from '../domain/codec.js';
import type { ProjectCommand } from '../domain/commands.js';
import { projectDecider } from '../domain/decider.js';
import type { Envelope } from '../domain/envelope.js';
import { projectStream, type ProjectEvent } from '../domain/events.js';
import type { DatedProjectEvent } from '../domain/recorded-event.js';
import { refuse } from '../domain/refusal-codes.js';
import type { ProjectState } from '../domain/state.js';
import type { ProjectSubmission } from './submission.js';

/** SHA-256 over everything the sender said; the same command id must come with the same digest. */
export function submissionDigest(submission: ProjectSubmission): string {
  const { projectId, commands, effectiveDate, actor, evidence } = submission;
  return digestOf({ projectId, commands, effectiveDate, actor, evidence });
}

export type DecidedEvent = ProjectEvent & { id: string };

/**
 * Decides each command on what the ones before it led to.
 * Event ids follow from the command id, so a repeated try names the same events.
 * @throws Refusal
 */
export function decideSubmission(
  submission: ProjectSubmission,
  before: ProjectState,
  now: Date,
): { events: DecidedEvent[]; state: ProjectState } {
  const { effectiveDate } = submission;
  const context = { effectiveDate, today: chinaDay(now) };
  const first = idFor(submission.commandId, '0');
  if (before.declined.has(first)) {
    refuse('entry.declined', '该请求此前未能登记，已撤回；如仍需办理，请换一个请求编号', { entryId: first });
  }
  const events: DecidedEvent[] = [];
  let state = before;
  // Members by their names: spreading the objects takes as long as all the rest of deciding.
  for (const { type, data } of submission.commands) {
    for (const event of projectDecider.decide({ type, data, context } as ProjectCommand, state)) {
      const id = events.length === 0 ? first : idFor(submission.commandId, String(events.length));
      const decided = { type: event.type, data: event.data, id, effectiveDate } as DatedProjectEvent;
      state = projectDecider.evolve(state, decided);
      events.push(decided);
    }
  }
  return { events, state };
}

/** Wraps the decided events in their envelope, for a stream that stands at `revision` (-1: does not exist). */
export function appendRequestFor(
  submission: ProjectSubmission,
  events: readonly DecidedEvent[],
  revision: number,
  now: Date,
): AppendRequest {
  const { commandId } = submission;
  const digest = submissionDigest(submission);
  const envelope: Omit<Envelope, 'schemaVersion'> = {
    commandId,
    commandDigest: digest,
    actor: submission.actor,
    effectiveDate: submission.effectiveDate,
    recordedAt: now.toISOString(),
    evidence: [...submission.evidence],
    correlationId: submission.correlationId ?? commandId,
    causationId: submission.causationId ?? commandId,
  };
  return {
    stream: projectStream(submission.projectId),
    expected: revision < 0 ? 'none' : revision,
    events: encodeProjectEvents(events, envelope),
    command: { id: commandId, digest },
  };
}
