import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { registerProjection } from '../register/projection.js';
import type { AsOf } from '../views.js';
import { timelineProjection } from './projection.js';

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
export class EventsByIdQuery extends ReadModelQuery<NamedTimelineEntry[]> {
  constructor(readonly eventIds: readonly string[]) {
    super(timelineProjection, registerProjection);
  }
}

/** An event by its name, where a list of them stands beside something else. */
export interface BriefEvent {
  eventId: string;
  type: ProjectEventType;
  /** 资金下达 */
  typeLabel: string;
  position: string;
  /** ISO 8601, UTC. */
  recordedAt: string;
}

/** The latest events of projects behind one position and up to another, in the order recorded, by project. */
export class EventsBetweenQuery extends ReadModelQuery<Map<string, BriefEvent[]>> {
  constructor(
    readonly params: {
      projects: readonly string[];
      after: string;
      upTo: string;
      /** Events of a project. */
      most: number;
    },
  ) {
    super(timelineProjection);
  }
}

/** Every event of a project known and in effect by then, in the order recorded; an unknown project has none. @throws Refusal `paging.badCursor`, `paging.badLimit`, `asOf.unreadable` */
export class ProjectEventsQuery extends ReadModelQuery<Page<TimelineEntry>> {
  constructor(
    readonly projectId: string,
    readonly page: AsOf & PageRequest,
  ) {
    super(timelineProjection);
  }
}
