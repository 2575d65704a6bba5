import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { regionName, regionPrefix } from '#libs/kernel/regions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { EvaluationQuery, EvaluationsQuery, type EvaluationView } from './queries.js';

const LIST = 'evaluations';
const COLUMNS = `evaluation_id, position, event_id, region, year, digest, recorded_at, actor, sealed, superseded_by,
  superseded_why`;

/** $1 the region's prefix, $2 the year, $3 the place behind the cursor, $4 how many. */
const LATEST = `
  select ${COLUMNS} from read.evaluation
  where ($1::text is null or starts_with(region, $1)) and ($2::smallint is null or year = $2)
    and ($3::text is null or position < $3)
  order by position desc limit $4`;
const ONE = `select ${COLUMNS} from read.evaluation where evaluation_id = $1`;
const LAST_OF = `
  select ${COLUMNS} from read.evaluation where region = $1 and year = $2 order by position desc limit 1`;

interface Row {
  evaluation_id: string;
  position: string;
  event_id: string;
  region: string;
  year: number;
  digest: string;
  recorded_at: Date;
  actor: Actor;
  sealed: Sealed;
  superseded_by: string | null;
  superseded_why: string | null;
}

@QueryHandler(EvaluationsQuery)
export class EvaluationsHandler implements IQueryHandler<EvaluationsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: EvaluationsQuery): Promise<Page<EvaluationView>> {
    const { region, year, cursor } = params;
    const limit = checkedLimit(params.limit);
    const [after = null] = cursor === undefined ? [] : readCursor(LIST, cursor, [/^\S+$/u]);
    const prefix = region === undefined ? null : regionPrefix(region);
    const rows = await this.database.query<Row[]>(LATEST, [prefix, year ?? null, after, limit + 1]);
    return pageOf(LIST, rows.map(viewOf), limit, ({ eventPosition }) => [eventPosition]);
  }
}

@QueryHandler(EvaluationQuery)
export class EvaluationHandler implements IQueryHandler<EvaluationQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ asked }: EvaluationQuery): Promise<EvaluationView | null> {
    const [row] =
      'id' in asked
        ? await this.database.query<Row[]>(ONE, [asked.id])
        : await this.database.query<Row[]>(LAST_OF, [asked.region, asked.year]);
    return row ? viewOf(row) : null;
  }
}

function viewOf(row: Row): EvaluationView {
  const { superseded_by, superseded_why } = row;
  return {
    id: row.evaluation_id,
    region: { code: row.region, name: regionName(row.region) },
    year: row.year,
    digest: row.digest,
    eventPosition: row.position,
    eventId: row.event_id,
    recordedAt: row.recorded_at.toISOString(),
    actor: row.actor,
    sealed: row.sealed,
    supersededBy: superseded_by === null ? null : { digest: superseded_by, reason: superseded_why ?? '' },
  };
}
