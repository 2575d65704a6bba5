import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import type { ProjectCommands } from '#libs/projects/domain/commands.js';
import type { ProjectEventData } from '#libs/projects/domain/events.js';
import { idFor } from '#libs/kernel/ids.js';
import type { ProjectIntent, ProjectSubmission } from '#libs/projects/application/submission.js';

type Half = ProjectEventData<'FundsReallocatedOut'>;

/** 调剂: so much of one source line and stage goes from one project to another. */
export interface ReallocationRequest {
  fromProjectId: string;
  toProjectId: string;
  data: Omit<Half, 'reallocationId' | 'counterpartId'>;
  effectiveDate: PartialDate;
  actor: Actor;
  /** Also the id of the reallocation. */
  commandId: string;
  evidence: readonly Evidence[];
}

/** Command ids of the two halves follow from that of the pair, and event ids from them: any try names the same. */
export const inCommand = (reallocationId: string): string => idFor('reallocation-in', reallocationId);
export const outEventId = (reallocationId: string): string => idFor(reallocationId, '0');
export const inEventId = (reallocationId: string): string => idFor(inCommand(reallocationId), '0');

/** The mark 以前年度 goes to a half only where the year is closed in its project. */
export function halvesOf(
  request: ReallocationRequest,
  closed: { from: boolean; to: boolean },
): { out: ProjectSubmission; in: ProjectSubmission } {
  const { fromProjectId, toProjectId, effectiveDate, actor, commandId, evidence } = request;
  const { priorYear, ...data } = request.data;
  const marks = priorYear === true && (closed.from || closed.to);
  const half = (
    type: 'ReallocateFundsOut' | 'ReallocateFundsIn',
    counterpartId: string,
    isClosed: boolean,
  ) => {
    // Where no year is closed, both halves keep the mark and are refused for it.
    const mark = priorYear && (marks ? isClosed : true) ? { priorYear } : {};
    const intent = { type, data: { ...data, ...mark, reallocationId: commandId, counterpartId } };
    return { commands: [intent as ProjectIntent], effectiveDate, actor, evidence, correlationId: commandId };
  };
  return {
    out: {
      projectId: fromProjectId,
      commandId,
      ...half('ReallocateFundsOut', toProjectId, closed.from),
    },
    in: {
      projectId: toProjectId,
      commandId: inCommand(commandId),
      causationId: commandId,
      ...half('ReallocateFundsIn', fromProjectId, closed.to),
    },
  };
}

/** The reversals of both halves, of which one was asked for. The mark 以前年度 goes where the year is closed, as above. */
export function reversalsOf(
  asked: ProjectSubmission,
  reversal: ProjectCommands['ReverseEntry'],
  type: 'FundsReallocatedOut' | 'FundsReallocatedIn',
  { reallocationId, counterpartId }: Half,
  closed: { named: boolean; other: boolean },
): { named: ProjectSubmission; other: ProjectSubmission } {
  const { expectedRevision: _, ...submission } = asked;
  const { priorYear, ...said } = reversal;
  const otherId = type === 'FundsReallocatedOut' ? inEventId(reallocationId) : outEventId(reallocationId);
  const command = (eventId: string, isClosed: boolean): ProjectIntent => {
    const mark = priorYear && (isClosed || !(closed.named || closed.other)) ? { priorYear } : {};
    return { type: 'ReverseEntry', data: { ...said, ...mark, eventId } };
  };
  return {
    named: { ...asked, commands: [command(reversal.eventId, closed.named)] },
    other: {
      ...submission,
      projectId: counterpartId,
      commands: [command(otherId, closed.other)],
      commandId: idFor('reallocation-reversal', asked.commandId),
      correlationId: asked.correlationId ?? asked.commandId,
      causationId: asked.commandId,
    },
  };
}
