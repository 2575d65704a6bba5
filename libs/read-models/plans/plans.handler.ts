import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { grouped } from '#libs/kernel/grouped.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { planView } from './plan-view.js';
import { PlansQuery, type PlanView } from './queries.js';
import { linesOfRegions } from './standing-entries.js';

@QueryHandler(PlansQuery)
export class PlansHandler implements IQueryHandler<PlansQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PlansQuery): Promise<PlanView[]> {
    const { region, ...asOf } = params;
    const lines = await linesOfRegions(this.database, region === undefined ? '' : regionPrefix(region), asOf);
    const byPlan = grouped(lines, ({ planId }) => planId);
    const plans = [...byPlan.values()].flatMap((own) => planView(own) ?? []);
    return plans.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
