import type { Position } from '#libs/event-store/port.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { ProjectCommands, ProjectCommandType } from '../domain/commands.js';
import type { Actor, Evidence } from '../domain/envelope.js';
import type { ProjectEventType } from '../domain/events.js';

/** What is to be recorded: a command without its time. */
export type ProjectIntent = {
  [T in ProjectCommandType]: { type: T; data: ProjectCommands[T] };
}[ProjectCommandType];

/**
 * One or more commands on one project, recorded together or not at all.
 * The same `commandId` with the same content is answered again and stored once.
 */
export interface ProjectSubmission {
  projectId: string;
  commands: readonly ProjectIntent[];
  /** Business date of the facts. */
  effectiveDate: PartialDate;
  actor: Actor;
  commandId: string;
  evidence: readonly Evidence[];
  /** What set this off; the command itself where left out. */
  correlationId?: string;
  causationId?: string;
  /** The revision the writer looked at; with it, a conflict is told instead of decided again. */
  expectedRevision?: number;
}

export interface Recorded {
  /** `unchanged`: the commands led to no event. `repeated`: this command id was recorded before. */
  outcome: 'recorded' | 'unchanged' | 'repeated';
  projectId: string;
  /** Last revision of the project's stream; -1 where it has none. */
  revision: number;
  /** Position of the last event of this submission; undefined where nothing was recorded. */
  position: Position | undefined;
  events: { id: string; type: ProjectEventType }[];
}

/** What became of one submission of a batch. Only refusals are told this way; a lost store throws for all. */
export type BatchOutcome =
  | Recorded
  | { outcome: 'refused'; code: string; message: string; details: Readonly<Record<string, unknown>> };
