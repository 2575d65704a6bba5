import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { EVENT_LABELS } from '#libs/projects/domain/event-labels.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import { asOfParameters } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { ProjectEventsQuery, type TimelineEntry } from './queries.js';
import { summaryOf } from './summary.js';
import { TimelineEvent } from './timeline-event.entity.js';

const LIST = 'project-events';

@QueryHandler(ProjectEventsQuery)
export class ProjectEventsHandler implements IQueryHandler<ProjectEventsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ projectId, page }: ProjectEventsQuery): Promise<Page<TimelineEntry>> {
    const limit = checkedLimit(page.limit);
    const [after = '-1'] = page.cursor === undefined ? [] : readCursor(LIST, page.cursor, [/^\d{1,9}$/u]);
    const [knownAt, effectiveOn] = asOfParameters(page);
    const events = await this.database
      .getRepository(TimelineEvent)
      .createQueryBuilder('event')
      .leftJoinAndSelect('event.reversal', 'reversal', cameBy('reversal'))
      .where('event.projectId = :projectId and event.revision > :after', { projectId, after })
      .andWhere(cameBy('event'), { knownAt, effectiveOn })
      .orderBy('event.revision')
      .limit(limit + 1)
      .getMany();
    return pageOf(LIST, events.map(entryOf), limit, (entry) => [String(entry.revision)]);
  }
}

/** Known and in effect by the times asked for; null is no bound. */
const cameBy = (alias: string): string => `
  (cast(:knownAt as timestamptz) is null or ${alias}.recorded_at <= cast(:knownAt as timestamptz))
  and (cast(:effectiveOn as date) is null or ${alias}.effective_to <= cast(:effectiveOn as date))`;

export function entryOf(event: TimelineEvent): TimelineEntry {
  const { reversal } = event;
  return {
    eventId: event.eventId,
    revision: event.revision,
    position: event.position,
    type: event.eventType,
    label: EVENT_LABELS[event.eventType],
    summary: summaryOf({ type: event.eventType, data: event.data } as unknown as ProjectEvent),
    effectiveDate: event.effective,
    recordedAt: event.recordedAt.toISOString(),
    actor: event.actor,
    evidence: event.evidence,
    data: event.data,
    commandId: event.commandId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    reversedBy: reversal && {
      eventId: reversal.eventId,
      effectiveDate: reversal.effective,
      recordedAt: reversal.recordedAt.toISOString(),
    },
  };
}
