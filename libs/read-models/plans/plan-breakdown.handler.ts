import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { planLines } from './plan-view.js';
import { PlanBreakdownQuery, type PlanBreakdown } from './queries.js';
import { ofType } from './standing-entries.js';

@QueryHandler(PlanBreakdownQuery)
export class PlanBreakdownHandler implements IQueryHandler<PlanBreakdownQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { planId, ...asOf } }: PlanBreakdownQuery): Promise<PlanBreakdown> {
    const { plan, lines } = await planLines(this.database, planId, asOf);
    return {
      plan,
      shares: ofType(lines, 'CountySharesSet').map(({ data }) => data),
      targets: ofType(lines, 'TargetSet').map(({ data }) => data),
    };
  }
}
