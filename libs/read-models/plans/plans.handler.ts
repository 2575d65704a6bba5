import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { grouped } from '#libs/kernel/grouped.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { planView } from './plan-view.js';
import { PlansQuery, type PlanView } from './queries.js';
import { linesOfPlans } from './standing-entries.js';

const LIST = 'plans';
/** An adoption is never taken back. */
const IDS = `
  select e.plan_id as id from read.plan_entry e
  where e.event_type = 'PlanAdopted' and ${asOfCondition('e')} and starts_with(e.plan_region, $3)
    and ($4::text is null or e.plan_id collate "C" > $4)
  order by e.plan_id collate "C" limit $5`;

@QueryHandler(PlansQuery)
export class PlansHandler implements IQueryHandler<PlansQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PlansQuery): Promise<Page<PlanView>> {
    const { region, cursor, limit, ...asOf } = params;
    const [after = null] = cursor === undefined ? [] : readCursor(LIST, cursor, [/^[0-9a-z-]{1,60}$/u]);
    const found = await this.database.query<{ id: string }[]>(IDS, [
      ...asOfParameters(asOf),
      region === undefined ? '' : regionPrefix(region),
      after,
      checkedLimit(limit) + 1,
    ]);
    const { items, nextCursor } = pageOf(LIST, found, limit, ({ id }) => [id]);
    const lines = await linesOfPlans(
      this.database,
      items.map(({ id }) => id),
      asOf,
    );
    const byPlan = grouped(lines, ({ planId }) => planId);
    return { items: items.flatMap(({ id }) => planView(byPlan.get(id) ?? []) ?? []), nextCursor };
  }
}
