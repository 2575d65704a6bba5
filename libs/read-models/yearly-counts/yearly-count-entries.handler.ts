import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { asOfCondition, asOfParameters, isAsOf } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { scopeParameters } from '../scope.js';
import { baselinesFor } from './baselines.js';
import { YearlyCountEntriesQuery, type YearlyCountEntry } from './queries.js';
import { capacityScope, PLANNED, expectedKindsParameters } from './yearly-counts-sql.js';

interface RawEntry {
  event_id: string;
  position: string;
  event_type: string;
  project_id: string;
  name: string | null;
  delta: number | null;
  low: number | null;
  high: number | null;
  effective: string;
  recorded_at: Date;
  reverses: string | null;
}

const LIST = 'yearly-count-entries';

/** $9 kind, $10 year, $11 figure, $12 the position behind the cursor, $14 the year of the baseline that a stock counts from. */
const moved = (asOf: boolean): string => `
  with ${capacityScope(asOf)}
  select m.event_id, m.position, m.event_type, m.project_id, scope.name, m.delta, null::integer as low,
    null::integer as high, m.effective, m.recorded_at, m.reverses
  from read.capacity_movement m join scope on scope.project_id = m.project_id
  where ${asOfCondition('m')} and $7::text[] is not null and $8::text[] is not null
    and m.kind = $9 and case $11::text when 'stock' then m.year <= $10::smallint and m.year > $14::smallint
      else m.year = $10::smallint and m.figure = $11 end
    and ($12::text is null or m.position > $12)
  order by m.position
  limit $13`;

/** The event behind a planned count is the last that spoke of the project's planned capacity. */
const plannedBy = (asOf: boolean): string => `
  with ${capacityScope(asOf)}, ${PLANNED},
  said as (
    select distinct on (a.project_id) a.*
    from read.capacity_attribute a
    where a.field = 'plannedCapacity' and ${asOfCondition('a')}
      and not exists (
        select from read.capacity_attribute r
        where r.project_id = a.project_id and r.field = '' and r.reverses = a.event_id and ${asOfCondition('r')})
    order by a.project_id, a.position desc
  )
  select said.event_id, said.position, said.event_type, planned.project_id, planned.name, null::integer as delta,
    planned.low, planned.high, said.effective, said.recorded_at, said.reverses
  from planned join said on said.project_id = planned.project_id
  where planned.kind = $9 and planned.year is not distinct from $10::smallint
    and (planned.low is null) = ($11::text = 'unknown')
    and ($12::text is null or said.position > $12)
  order by said.position
  limit $13`;

@QueryHandler(YearlyCountEntriesQuery)
export class YearlyCountEntriesHandler implements IQueryHandler<YearlyCountEntriesQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: YearlyCountEntriesQuery): Promise<Page<YearlyCountEntry>> {
    const { figure, kind, year } = params;
    const limit = checkedLimit(params.limit);
    const [position = null] = params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u]);
    const isPlanned = figure === 'planned' || figure === 'unknown';
    const since = figure === 'stock' && year !== null ? await this.baselineYear(params, year) : 0;
    const rows = await this.database.query<RawEntry[]>((isPlanned ? plannedBy : moved)(isAsOf(params)), [
      ...asOfParameters(params),
      ...scopeParameters(params),
      ...expectedKindsParameters(),
      kind,
      year,
      figure,
      position,
      limit + 1,
      ...(isPlanned ? [] : [since]),
    ]);
    const entries = rows.map((raw): YearlyCountEntry => ({ kind, ...entryOf(raw) }));
    return pageOf(LIST, entries, limit, (entry) => [entry.position]);
  }

  private async baselineYear(params: YearlyCountEntriesQuery['params'], year: number): Promise<number> {
    const baselineOf = await baselinesFor(this.database, params);
    return baselineOf(params.kind, year)?.year ?? 0;
  }
}

function entryOf(raw: RawEntry): Omit<YearlyCountEntry, 'kind'> {
  const { low, high } = raw;
  return {
    eventId: raw.event_id,
    position: raw.position,
    eventType: raw.event_type,
    project: { id: raw.project_id, name: raw.name ?? '' },
    delta: raw.delta,
    planned: low === null || high === null ? null : { low, high },
    effectiveDate: raw.effective,
    recordedAt: raw.recorded_at.toISOString(),
    reverses: raw.reverses,
  };
}
