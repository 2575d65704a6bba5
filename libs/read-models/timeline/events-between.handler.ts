import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { EVENT_LABELS } from '#libs/projects/domain/event-labels.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import { EventsBetweenQuery, type BriefEvent } from './queries.js';

const BETWEEN = `
  select project_id, event_id, event_type, position, recorded_at from (
    select *, row_number() over (partition by project_id order by position desc) as nth
    from read.timeline_event where project_id = any($1::uuid[]) and position > $2 and position <= $3) told
  where nth <= $4 order by position`;

interface Row {
  project_id: string;
  event_id: string;
  event_type: ProjectEventType;
  position: string;
  recorded_at: Date;
}

@QueryHandler(EventsBetweenQuery)
export class EventsBetweenHandler implements IQueryHandler<EventsBetweenQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: EventsBetweenQuery): Promise<Map<string, BriefEvent[]>> {
    const { projects, after, upTo, most } = params;
    const rows = await this.database.query<Row[]>(BETWEEN, [projects, after, upTo, most]);
    const events = new Map<string, BriefEvent[]>();
    for (const row of rows) events.set(row.project_id, [...(events.get(row.project_id) ?? []), briefly(row)]);
    return events;
  }
}

const briefly = ({ event_id, event_type, position, recorded_at }: Row): BriefEvent => ({
  eventId: event_id,
  type: event_type,
  typeLabel: EVENT_LABELS[event_type],
  position,
  recordedAt: recorded_at.toISOString(),
});
