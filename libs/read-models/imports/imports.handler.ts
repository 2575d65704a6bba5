import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { ImportSummary } from '#libs/exchange/report/report.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { ImportsQuery, type ImportListed } from './queries.js';

const LIST = 'imports';

/** $1 the region's prefix, $2 the place behind the cursor, $3 how many. */
const LATEST_OF_EACH = `
  select position, recorded_at, actor, summary, runs
  from (
    select distinct on (import_id) position, recorded_at, actor, summary,
      (count(*) over (partition by import_id))::integer as runs
    from read.import_run
    where $1::text is null or starts_with(summary->>'region', $1)
    order by import_id, position desc
  ) latest
  where $2::text is null or position < $2
  order by position desc limit $3`;

interface Latest {
  position: string;
  recorded_at: Date;
  actor: Actor;
  summary: ImportSummary;
  runs: number;
}

@QueryHandler(ImportsQuery)
export class ImportsHandler implements IQueryHandler<ImportsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: ImportsQuery): Promise<Page<ImportListed>> {
    const limit = checkedLimit(params.limit);
    const [after = null] = params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u]);
    const prefix = params.region === undefined ? null : regionPrefix(params.region);
    const found = await this.database.query<Latest[]>(LATEST_OF_EACH, [prefix, after, limit + 1]);
    const { items, nextCursor } = pageOf(LIST, found, limit, ({ position }) => [position]);
    return { items: items.map(listed), nextCursor };
  }
}

function listed({ summary, actor, recorded_at, runs }: Latest): ImportListed {
  const { importId, fileName, fileDigest, region, effectiveDate, outcomes, totals } = summary;
  const head = { importId, fileName, fileDigest, region, effectiveDate, outcomes, totals };
  return { ...head, actor, recordedAt: recorded_at.toISOString(), runs };
}
