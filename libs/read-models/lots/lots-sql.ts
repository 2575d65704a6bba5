import { accountLegs } from '../ledger/accounts-sql.js';
import { scopedProjectsSql } from '../ledger/ledger-sql.js';
import { HELD_STAGES } from './lots.js';
import { FLOW_ORDER, STANDING, STANDS } from './standing-sql.js';

const HELD = `('${HELD_STAGES.join("', '")}')`;
const ACCOUNT = 'project_id, source, level, account, year';
const ORIGIN = 'event_id, position, line, effective, effective_to, document_number';

/** Every line's place in the queue of the account it enters or leaves; '' is no level, so that accounts compare. */
const queue = (side: 'to' | 'from') => `
  select project_id, source, coalesce(level, '') as level, ${side}_account as account, ${side}_year as year,
    ${ORIGIN}, stage = 'carriedForward' as carried, from_year,
    (sum(amount_fen) over queue - amount_fen)::bigint as low, (sum(amount_fen) over queue)::bigint as high
  from standing where ${side}_account in ${HELD}
  window queue as (
    partition by project_id, source, level, ${side}_account, ${side}_year order by ${FLOW_ORDER})`;

/** How many of the last lines that came in are looked at first: most money that stands came with one or two. */
const LAST = 16;

/**
 * What stands at each account, from sums that are kept, and the last lines that came in: first in, first out, they are
 * what stands there. Lines are read newest first and only so far, by the index of a project's lines in the order of
 * the flow. `followed` are the projects where that does not settle it: a line that stands was carried from another
 * year, or more lines are needed.
 */
const TAILS = `
  held as materialized (
    select project_id, source, level, account, year::smallint, sum(entered - leaving)::bigint as fen
    from (${accountLegs(HELD_STAGES)}) leg
    where (not $11::boolean or source is not distinct from $12) and (not $9::boolean or year is not distinct from $10::smallint)
    group by ${ACCOUNT} having sum(entered - leaving) <> 0),
  came as materialized (
    select h.project_id, h.source, h.level, h.account, h.year, h.fen, t.*
    from held h join scope using (project_id) left join lateral (
      select ${ORIGIN}, stage = 'carriedForward' as carried, amount_fen,
        sum(amount_fen) over (order by effective_to desc, position desc, line desc) as since
      from (
        select * from read.ledger_transfer t
        where t.project_id = h.project_id and t.source = h.source and coalesce(t.level, '') = h.level
          and t.to_account = h.account and t.to_year = h.year and ${STANDS}
        order by effective_to desc, position desc, line desc limit ${LAST}) last
    ) t on t.since - t.amount_fen < h.fen
    where h.fen > 0),
  followed as materialized (
    select project_id from came where carried
    union
    select project_id from came group by ${ACCOUNT}, fen having coalesce(max(since), 0) < fen)`;

/**
 * What `MoneyFlow` finds, for all projects at once, as common table expressions behind `with recursive`.
 *
 * What lies beyond the sum of what left an account is what stands there. Money that was carried forward is taken back
 * year by year to the line it came in with (`walk`, over the projects `followed`); where it was carried from nothing that
 * was in effect (`void`), it is as old as the carrying. `lot` has a row for each origin and account, `overdrawn` one for
 * each source and stage that gave more than it had. Parameters are those of `ledgerParameters`.
 */
export const lotsSql = (asOf: boolean): string => `
  balance as (select distinct project_id from held),
  scope as (${scopedProjectsSql(asOf)}),
  ${TAILS},
  standing as materialized (
    ${STANDING} and (not $11::boolean or t.source is not distinct from $12)
      and t.project_id = any(array(select project_id from followed))),
  inflow as materialized (${queue('to')}),
  outflow as materialized (${queue('from')}),
  filled as (select ${ACCOUNT}, max(high) as fen from inflow group by ${ACCOUNT}),
  emptied as (select ${ACCOUNT}, max(high) as fen from outflow group by ${ACCOUNT}),
  void as (
    select ${ACCOUNT}, coalesce(f.fen, 0) as low, e.fen as high
    from emptied e left join filled f using (${ACCOUNT})
    where e.fen > coalesce(f.fen, 0)),
  supply as materialized (
    select ${ACCOUNT}, ${ORIGIN}, carried, from_year, low, high from inflow
    union all
    select ${ACCOUNT}, null, null, null, null, null, null, false, null, low, high from void),
  walk as (
    select i.year as held_year, ${ACCOUNT}, ${ORIGIN}, carried, from_year, low,
      greatest(low, coalesce(e.fen, 0)) as a, high as b
    from inflow i left join emptied e using (${ACCOUNT})
    where high > coalesce(e.fen, 0) and (not $9::boolean or i.year is not distinct from $10::smallint)
    union all
    select w.held_year, s.project_id, s.source, s.level, s.account, s.year,
      coalesce(s.event_id, w.event_id), coalesce(s.position, w.position), coalesce(s.line, w.line),
      coalesce(s.effective, w.effective), coalesce(s.effective_to, w.effective_to),
      case when s.event_id is null then w.document_number else s.document_number end,
      s.carried, s.from_year, s.low,
      greatest(s.low, o.low + w.a - w.low), least(s.high, o.low + w.b - w.low)
    from walk w
    join outflow o on o.position = w.position and o.line = w.line
    join supply s on s.project_id = w.project_id and s.source = w.source and s.level = w.level
      and s.account = w.account and s.year = w.from_year
      and s.low < o.low + w.b - w.low and s.high > o.low + w.a - w.low
    where w.carried),
  lot as (
    select project_id, source, level, account, held_year as year, ${ORIGIN}, sum(b - a)::bigint as amount_fen
    from walk where not carried
    group by project_id, source, level, account, held_year, ${ORIGIN}
    union all
    select ${ACCOUNT}, ${ORIGIN}, (least(since, fen) - (since - amount_fen))::bigint
    from came where not exists (select from followed where followed.project_id = came.project_id)),
  overdrawn as (
    select source, level, account, sum(fen)::bigint as fen
    from held join scope using (project_id) where fen < 0 group by source, level, account)`;
