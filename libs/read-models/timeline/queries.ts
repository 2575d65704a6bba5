import { Query } from '@nestjs/cqrs';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import type { Page, PageRequest } from '../paging.js';
import type { AsOf } from '../views.js';

/** One event of a project's life, for reading. */
export interface TimelineEntry {
  eventId: string;
  revision: number;
  position: string;
  type: ProjectEventType;
  /** 资金下达 */
  label: string;
  /** One line: 下达中央预算内投资 2,000,000.00 元(2024年度),文号 … */
  summary: string;
  effectiveDate: PartialDate;
  /** ISO 8601, UTC. */
  recordedAt: string;
  actor: Actor;
  evidence: Evidence[];
  data: Record<string, unknown>;
  commandId: string;
  correlationId: string;
  causationId: string;
  /** The reversal that took this event back; null while it stands, or stood then. */
  reversedBy: { eventId: string; effectiveDate: PartialDate; recordedAt: string } | null;
}

/** An event that a figure rests on, with the project that it happened to. */
export interface NamedTimelineEntry extends TimelineEntry {
  project: { id: string; name: string };
}

/** Those of the events that happened to projects, in the order recorded; ids of other events answer nothing. */
export class EventsByIdQuery extends Query<NamedTimelineEntry[]> {
  constructor(readonly eventIds: readonly string[]) {
    super();
  }
}

/** Every event of a project known and in effect by then, in the order recorded; an unknown project has none. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable` */
export class ProjectEventsQuery extends Query<Page<TimelineEntry>> {
  constructor(
    readonly projectId: string,
    readonly page: AsOf & PageRequest,
  ) {
    super();
  }
}
