import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import { ClosedYearsQuery, type ClosedYear } from './queries.js';

/** $1 the region's prefix, $2 the year; null: all. */
const CLOSED_YEARS = `
  with scope as (
    select project_id from read.register_project
    where $1::text is null or exists (select from unnest(regions) region where starts_with(region, $1))
  )
  select year, count(*)::integer as closed, ((select count(*) from scope) - count(*))::integer as open,
    min(recorded_at) as first_closed_at, max(recorded_at) as last_closed_at
  from read.year_closing join scope using (project_id)
  where $2::smallint is null or year = $2
  group by year
  order by year desc`;

interface RawYear {
  year: number;
  closed: number;
  open: number;
  first_closed_at: Date;
  last_closed_at: Date;
}

@QueryHandler(ClosedYearsQuery)
export class ClosedYearsHandler implements IQueryHandler<ClosedYearsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { region, year } }: ClosedYearsQuery): Promise<ClosedYear[]> {
    const prefix = region === undefined ? null : regionPrefix(region);
    const rows = await this.database.query<RawYear[]>(CLOSED_YEARS, [prefix, year ?? null]);
    return rows.map(({ first_closed_at, last_closed_at, ...counts }) => ({
      ...counts,
      firstClosedAt: first_closed_at.toISOString(),
      lastClosedAt: last_closed_at.toISOString(),
    }));
  }
}
