import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import {
  FUND_STAGES,
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import type { HeldStage } from '../lots/lots.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { labelled } from '../views.js';
import {
  REALLOCATION_STATES,
  ReallocationsQuery,
  type Reallocation,
  type ReallocationState,
} from './queries.js';

const LIST = 'reallocations';

/**
 * The halves as known at $1 and effective on $2, paired by what they have in common. The project of a missing half is
 * the one that the other half names. Then $3 state, $4 region, $5 project, $6 the place behind which to go on, $7 limit.
 */
const PAIRS = `
  with half as (
    select t.*, t.stage = 'reallocatedOut' as gave,
      case t.stage when 'reallocatedOut' then t.from_account else t.to_account end as held_at,
      not exists (
        select from read.ledger_transfer r where r.reverses = t.event_id and ${asOfCondition('r')}) as stands
    from read.ledger_transfer t
    where t.reallocation_id is not null and t.reverses is null and ${asOfCondition('t')}),
  pair as (
    select reallocation_id as id, min(position) as position, (array_agg(event_id order by position))[1] as first,
      (array_agg(project_id) filter (where gave))[1] as from_id, (array_agg(project_id) filter (where not gave))[1] as to_id,
      (array_agg(event_id) filter (where gave))[1] as out_event, (array_agg(event_id) filter (where not gave))[1] as in_event,
      coalesce(bool_or(stands) filter (where gave), false) as out_stands,
      coalesce(bool_or(stands) filter (where not gave), false) as in_stands
    from half group by reallocation_id),
  told as (
    select p.id, p.position, out_event, in_event, out_stands, in_stands, h.source, h.level, h.from_year as year, h.held_at,
      h.amount_fen, h.effective, h.document_number, e.data->>'reason' as reason,
      coalesce(from_id, (e.data->>'counterpartId')::uuid) as from_id,
      coalesce(to_id, (e.data->>'counterpartId')::uuid) as to_id,
      case when out_stands and in_stands then 'complete' when out_stands or in_stands then 'half' else 'reversed' end
        as state
    from pair p join half h on h.event_id = p.first
    left join read.timeline_event e on e.event_id = p.first)
  select told.*, f.name as from_name, t.name as to_name
  from told
  left join read.ledger_project f on f.project_id = from_id
  left join read.ledger_project t on t.project_id = to_id
  where ($3::text is null or state = $3)
    and ($4::text is null or exists (
      select from unnest(coalesce(f.regions, '{}') || coalesce(t.regions, '{}')) region where starts_with(region, $4)))
    and ($5::uuid is null or $5 in (from_id, to_id))
    and ($6::text is null or told.position > $6)
  order by told.position
  limit $7`;

interface RawPair {
  id: string;
  position: string;
  state: ReallocationState;
  from_id: string;
  from_name: string | null;
  to_id: string;
  to_name: string | null;
  out_event: string | null;
  in_event: string | null;
  out_stands: boolean;
  in_stands: boolean;
  source: FundingSource;
  level: FundingLevel | null;
  year: number;
  held_at: HeldStage;
  amount_fen: string;
  effective: string;
  document_number: string | null;
  reason: string | null;
}

@QueryHandler(ReallocationsQuery)
export class ReallocationsHandler implements IQueryHandler<ReallocationsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: ReallocationsQuery): Promise<Page<Reallocation>> {
    const limit = checkedLimit(params.limit);
    const [after = null] = params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u]);
    const rows = await this.database.query<RawPair[]>(PAIRS, [
      ...asOfParameters(params),
      params.state ?? null,
      params.region === undefined ? null : regionPrefix(params.region),
      params.projectId ?? null,
      after,
      limit + 1,
    ]);
    const page = pageOf(LIST, rows, limit, ({ position }) => [position]);
    return { ...page, items: page.items.map(viewOf) };
  }
}

function viewOf(raw: RawPair): Reallocation {
  return {
    id: raw.id,
    state: labelled(REALLOCATION_STATES, raw.state),
    from: {
      project: { id: raw.from_id, name: raw.from_name ?? '' },
      eventId: raw.out_event,
      stands: raw.out_stands,
    },
    to: { project: { id: raw.to_id, name: raw.to_name ?? '' }, eventId: raw.in_event, stands: raw.in_stands },
    source: labelled(FUNDING_SOURCES, raw.source),
    level: raw.level && labelled(FUNDING_LEVELS, raw.level),
    budgetYear: raw.year,
    stage: labelled(FUND_STAGES, raw.held_at),
    amount: moneyView(BigInt(raw.amount_fen)),
    effectiveDate: raw.effective,
    documentNumber: raw.document_number,
    reason: raw.reason ?? '',
  };
}
