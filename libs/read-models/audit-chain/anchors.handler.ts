import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { AnchorsQuery, type RecordedAnchor } from './queries.js';

const ANCHORS = `
  select position, event_id as "eventId", actor, anchor
  from read.chain_anchor where $1::text is null or position < $1
  order by position desc limit $2`;
const LIST = 'chain-anchors';

@QueryHandler(AnchorsQuery)
export class AnchorsHandler implements IQueryHandler<AnchorsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { cursor, limit } }: AnchorsQuery): Promise<Page<RecordedAnchor>> {
    const most = checkedLimit(limit);
    const [after = null] = cursor === undefined ? [] : readCursor(LIST, cursor, [/^[0-9a-f:-]{1,80}$/u]);
    const rows = await this.database.query<RecordedAnchor[]>(ANCHORS, [after, most + 1]);
    return pageOf(LIST, rows, most, ({ position }) => [position]);
  }
}
