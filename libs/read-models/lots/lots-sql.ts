import { accountLegs } from '../ledger/accounts-sql.js';
import { scopedProjectsSql } from '../ledger/ledger-sql.js';
import { HELD_STAGES } from './lots.js';
import { FLOW_ORDER, STANDING, STANDS } from './standing-sql.js';

const FOLLOWED = `('${HELD_STAGES.join("', '")}', 'reallocated')`;
const HELD_ACCOUNT = 'project_id, source, level, account, year';
const ACCOUNT = 'holder, source, level, account, year';
const ORIGIN = 'event_id, position, line, effective, effective_to, document_number';
/** What moves along a stage, from one year or project to another, and keeps its age. */
const ALONG = `stage in ('carriedForward', 'reallocatedOut', 'reallocatedIn')`;

/** Whose account it is: the project's, or between two projects that of one reallocation. */
const holder = (side: 'to' | 'from') =>
  `case when ${side}_account = 'reallocated' then reallocation_id else project_id end`;

/** Every line's place in the queue of the account it enters or leaves; '' is no level, so that accounts compare. */
const queue = (side: 'to' | 'from') => `
  select *, (sum(amount_fen) over queue - amount_fen)::bigint as low, (sum(amount_fen) over queue)::bigint as high
  from (
    select ${holder(side)} as holder, source, coalesce(level, '') as level, ${side}_account as account,
      ${side}_year as year, ${ORIGIN}, amount_fen, ${ALONG} as along,
      ${holder('from')} as from_holder, from_account, from_year
    from standing where ${side}_account in ${FOLLOWED}) line
  window queue as (partition by ${ACCOUNT} order by ${FLOW_ORDER})`;

/** How many of the last lines that came in are looked at first: most money that stands came with one or two. */
const LAST = 16;

/**
 * What stands at each account, from sums that are kept, and the last lines that came in: first in, first out, they are
 * what stands there. Lines are read newest first and only so far, by the index of a project's lines in the order of
 * the flow. `followed` are the projects where that does not settle it: a line that stands was carried from another
 * year or taken from another project, or more lines are needed.
 */
const TAILS = `
  held as materialized (
    select project_id, source, level, account, year::smallint, sum(entered - leaving)::bigint as fen
    from (${accountLegs(HELD_STAGES)}) leg
    where (not $11::boolean or source is not distinct from $12) and (not $9::boolean or year is not distinct from $10::smallint)
    group by ${HELD_ACCOUNT} having sum(entered - leaving) <> 0),
  came as materialized (
    select h.project_id, h.source, h.level, h.account, h.year, h.fen, t.*
    from held h join scope using (project_id) left join lateral (
      select ${ORIGIN}, ${ALONG} as along, amount_fen,
        sum(amount_fen) over (order by effective_to desc, position desc, line desc) as since
      from (
        select * from read.ledger_transfer t
        where t.project_id = h.project_id and t.source = h.source and coalesce(t.level, '') = h.level
          and t.to_account = h.account and t.to_year = h.year and ${STANDS}
        order by effective_to desc, position desc, line desc limit ${LAST}) last
    ) t on t.since - t.amount_fen < h.fen
    where h.fen > 0),
  followed as materialized (
    select project_id from came where along
    union
    select project_id from came group by ${HELD_ACCOUNT}, fen having coalesce(max(since), 0) < fen),
  reachable as (
    select project_id from followed
    union
    select other.project_id
    from reachable r
    join read.ledger_transfer own on own.project_id = r.project_id and own.reallocation_id is not null
    join read.ledger_transfer other on other.reallocation_id = own.reallocation_id)`;

/**
 * What `MoneyFlow` finds, for all projects at once, as common table expressions behind `with recursive`.
 *
 * What lies beyond the sum of what left an account is what stands there. Money that was carried forward, or taken from
 * another project, is followed back account by account to the line it came in with (`walk`, for the projects `followed`,
 * into those that are `reachable`); where it came from nothing that was in effect (`void`), it is as old as what brought
 * it. `lot` has a row for each origin and account, `overdrawn` one for each source and stage that gave more than it
 * had. Parameters are those of `ledgerParameters`.
 */
export const lotsSql = (asOf: boolean): string => `
  balance as (select distinct project_id from held),
  scope as (${scopedProjectsSql(asOf)}),
  ${TAILS},
  standing as materialized (
    ${STANDING} and (not $11::boolean or t.source is not distinct from $12)
      and t.project_id = any(array(select project_id from reachable))),
  inflow as materialized (${queue('to')}),
  outflow as materialized (${queue('from')}),
  filled as (select ${ACCOUNT}, max(high) as fen from inflow group by ${ACCOUNT}),
  emptied as (select ${ACCOUNT}, max(high) as fen from outflow group by ${ACCOUNT}),
  void as (
    select ${ACCOUNT}, coalesce(f.fen, 0) as low, e.fen as high
    from emptied e left join filled f using (${ACCOUNT})
    where e.fen > coalesce(f.fen, 0)),
  supply as materialized (
    select ${ACCOUNT}, ${ORIGIN}, along, from_holder, from_account, from_year, low, high from inflow
    union all
    select ${ACCOUNT}, null, null, null, null, null, null, false, null, null, null, low, high from void),
  walk as (
    select i.holder as project_id, i.account as held_at, i.year as held_year, i.source, i.level, ${ORIGIN}, along,
      from_holder, from_account, from_year, low, greatest(low, coalesce(e.fen, 0)) as a, high as b
    from inflow i join followed f on f.project_id = i.holder left join emptied e using (${ACCOUNT})
    where high > coalesce(e.fen, 0) and (not $9::boolean or i.year is not distinct from $10::smallint)
    union all
    select w.project_id, w.held_at, w.held_year, w.source, w.level,
      coalesce(s.event_id, w.event_id), coalesce(s.position, w.position), coalesce(s.line, w.line),
      coalesce(s.effective, w.effective), coalesce(s.effective_to, w.effective_to),
      case when s.event_id is null then w.document_number else s.document_number end,
      s.along, s.from_holder, s.from_account, s.from_year, s.low,
      greatest(s.low, o.low + w.a - w.low), least(s.high, o.low + w.b - w.low)
    from walk w
    join outflow o on o.position = w.position and o.line = w.line
    join supply s on s.holder = w.from_holder and s.source = w.source and s.level = w.level
      and s.account = w.from_account and s.year = w.from_year
      and s.low < o.low + w.b - w.low and s.high > o.low + w.a - w.low
    where w.along),
  lot as (
    select project_id, source, level, held_at as account, held_year as year, ${ORIGIN}, sum(b - a)::bigint as amount_fen
    from walk where not along
    group by project_id, source, level, held_at, held_year, ${ORIGIN}
    union all
    select ${HELD_ACCOUNT}, ${ORIGIN}, (least(since, fen) - (since - amount_fen))::bigint
    from came where not exists (select from followed where followed.project_id = came.project_id)),
  overdrawn as (
    select source, level, account, sum(fen)::bigint as fen
    from held join scope using (project_id) where fen < 0 group by source, level, account)`;
