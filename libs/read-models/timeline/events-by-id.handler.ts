import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource, In } from 'typeorm';
import { entryOf } from './project-events.handler.js';
import { EventsByIdQuery, type NamedTimelineEntry } from './queries.js';
import { TimelineEvent } from './timeline-event.entity.js';

const NAMES = `select project_id, shown #>> '{details,name}' as name from read.register_project
  where project_id = any($1::uuid[])`;

@QueryHandler(EventsByIdQuery)
export class EventsByIdHandler implements IQueryHandler<EventsByIdQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ eventIds }: EventsByIdQuery): Promise<NamedTimelineEntry[]> {
    const events = await this.database.getRepository(TimelineEvent).find({
      where: { eventId: In([...eventIds]) },
      relations: { reversal: true },
      order: { position: 'ASC' },
    });
    const projects = [...new Set(events.map(({ projectId }) => projectId))];
    const rows = await this.database.query<{ project_id: string; name: string | null }[]>(NAMES, [projects]);
    const names = new Map(rows.map(({ project_id, name }) => [project_id, name]));
    return events.map((event) => ({
      ...entryOf(event),
      project: { id: event.projectId, name: names.get(event.projectId) ?? '' },
    }));
  }
}
