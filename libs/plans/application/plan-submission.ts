import type { Position } from '#libs/event-store/port.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import type { PlanCommand } from '../domain/commands.js';
import type { PlanEventType } from '../domain/events.js';

/**
 * One or more commands on one plan, recorded together or not at all. The same `commandId` with the same content is
 * answered again and stored once.
 */
export interface PlanSubmission {
  planId: string;
  commands: readonly PlanCommand[];
  /** Business date; states reported for a year are effective in that year instead. */
  effectiveDate: PartialDate;
  actor: Actor;
  commandId: string;
  evidence: readonly Evidence[];
  /** What set this off; the command itself where left out. */
  correlationId?: string;
  causationId?: string;
}

export interface PlanRecorded {
  /** `unchanged`: everything stood already. `repeated`: this command id was recorded before. */
  outcome: 'recorded' | 'unchanged' | 'repeated';
  planId: string;
  /** Last revision of the plan's stream; -1 where it has none. */
  revision: number;
  /** Of the last event of this submission; undefined where nothing was recorded. */
  position: Position | undefined;
  events: { id: string; type: PlanEventType }[];
}
