import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Position } from '#libs/event-store/port.js';
import type { RecordedComparison } from '#libs/reconciliation/domain/events.js';
import { LatestComparisonQuery } from './queries.js';
import type { RawReconciliation } from './standing.js';

const LATEST_OF_SCOPE = `
  select position, recorded_at, data from read.reconciliation
  where region = $1 and data->'scope' = $2::jsonb order by position desc limit 1`;

@QueryHandler(LatestComparisonQuery)
export class LatestComparisonHandler implements IQueryHandler<LatestComparisonQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ scope }: LatestComparisonQuery): Promise<RecordedComparison | null> {
    const [latest] = await this.database.query<
      Pick<RawReconciliation, 'position' | 'recorded_at' | 'data'>[]
    >(LATEST_OF_SCOPE, [scope.region, JSON.stringify(scope)]);
    if (!latest) return null;
    const { position, recorded_at, data } = latest;
    return { position: position as Position, recordedAt: recorded_at.toISOString(), data };
  }
}
