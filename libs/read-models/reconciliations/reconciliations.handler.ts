import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import { asOfParameters } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { ReconciliationsQuery, type Reconciliation } from './queries.js';
import { AS_OF, heldAgainstLedger, type RawReconciliation } from './standing.js';

const LIST = 'reconciliations';

/** As of $1 and $2; $3 the region's prefix, $4 the place behind the cursor, $5 how many. */
const LATEST_OF_EACH = `
  select position, recorded_at, actor, data, runs
  from (
    select distinct on (reconciliation_id) position, recorded_at, actor, data,
      (count(*) over (partition by reconciliation_id))::integer as runs
    from read.reconciliation
    where ($3::text is null or starts_with(region, $3)) and ${AS_OF}
    order by reconciliation_id, position desc
  ) latest
  where $4::text is null or position < $4
  order by position desc limit $5`;

@QueryHandler(ReconciliationsQuery)
export class ReconciliationsHandler implements IQueryHandler<ReconciliationsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: ReconciliationsQuery): Promise<Page<Reconciliation>> {
    const limit = checkedLimit(params.limit);
    const [after = null] = params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u]);
    const prefix = params.region === undefined ? null : regionPrefix(params.region);
    const found = await this.database.query<RawReconciliation[]>(LATEST_OF_EACH, [
      ...asOfParameters(params),
      prefix,
      after,
      limit + 1,
    ]);
    const page = pageOf(LIST, found, limit, ({ position }) => [position]);
    const items: Reconciliation[] = [];
    for (const latest of page.items) items.push(await heldAgainstLedger(this.database, latest, params));
    return { ...page, items };
  }
}
