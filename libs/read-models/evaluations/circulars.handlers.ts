import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Issued } from '#libs/circulars/domain/events.js';
import { regionName, regionPrefix } from '#libs/kernel/regions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { CircularQuery, CircularsQuery, type CircularView } from './queries.js';

const LIST = 'circulars';
const COLUMNS = 'circular_id, position, region, period, recorded_at, actor, issued';

/** $1 the region's prefix, $2 the period, $3 the place behind the cursor, $4 how many. */
const LATEST = `
  select ${COLUMNS} from read.circular
  where ($1::text is null or starts_with(region, $1)) and ($2::text is null or period = $2)
    and ($3::text is null or position < $3)
  order by position desc limit $4`;
const ONE = `select ${COLUMNS} from read.circular where circular_id = $1`;

interface Row {
  circular_id: string;
  position: string;
  region: string;
  period: string;
  recorded_at: Date;
  actor: Actor;
  issued: Issued;
}

@QueryHandler(CircularsQuery)
export class CircularsHandler implements IQueryHandler<CircularsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: CircularsQuery): Promise<Page<CircularView>> {
    const { region, period, cursor } = params;
    const limit = checkedLimit(params.limit);
    const [after = null] = cursor === undefined ? [] : readCursor(LIST, cursor, [/^\S+$/u]);
    const prefix = region === undefined ? null : regionPrefix(region);
    const rows = await this.database.query<Row[]>(LATEST, [prefix, period ?? null, after, limit + 1]);
    return pageOf(LIST, rows.map(viewOf), limit, ({ eventPosition }) => [eventPosition]);
  }
}

@QueryHandler(CircularQuery)
export class CircularHandler implements IQueryHandler<CircularQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ id }: CircularQuery): Promise<CircularView | null> {
    const [row] = await this.database.query<Row[]>(ONE, [id]);
    return row ? viewOf(row) : null;
  }
}

const viewOf = (row: Row): CircularView => ({
  id: row.circular_id,
  region: { code: row.region, name: regionName(row.region) },
  period: row.period,
  eventPosition: row.position,
  recordedAt: row.recorded_at.toISOString(),
  actor: row.actor,
  issued: row.issued,
});
