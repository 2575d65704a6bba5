import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { decodeFundPlanEvent, type RecordedFundPlanEvent } from '#libs/fund-plans/domain/codec.js';
import { FUND_PLAN_STREAM_PREFIX, type FundPlanEventData } from '#libs/fund-plans/domain/events.js';
import { latestDay } from '#libs/kernel/partial-date.js';
import type { Projection } from '#libs/projection/projection.js';

const INSERT_PLANS = `
  insert into fund_plan
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::smallint[], $11::bigint[], $12::text[], $13::date[], $14::timestamptz[])`;
const INSERT_LINES = `
  insert into fund_plan_line select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::bigint[])`;
/** A release counts no earlier than the draw it takes back, whatever its own date: no day shows less than nothing. */
const INSERT_DRAWS = `
  with given as (
    select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[],
      $8::date[], $9::timestamptz[], $10::boolean[])
      as g (position, event_id, plan_id, allocation_id, project_id, amount_fen, effective, effective_to, recorded_at,
        moved)
  )
  insert into fund_plan_draw
  select position, event_id, plan_id, allocation_id, project_id, amount_fen, effective,
    case when amount_fen > 0 or moved then effective_to else greatest(effective_to,
      (select max(d.effective_to) from fund_plan_draw d where d.allocation_id = g.allocation_id),
      (select max(d.effective_to) from given d where d.allocation_id = g.allocation_id and d.amount_fen > 0)) end,
    recorded_at, moved
  from given g`;
const INSERT_CHANGES = `
  insert into fund_plan_change
  select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::date[],
    $8::timestamptz[])`;

/** Plan documents 投资计划: their totals and lines, and what allocations hold of them. */
export const fundPlansProjection: Projection = {
  name: 'fund-plans',
  version: 2,
  streamPrefixes: [FUND_PLAN_STREAM_PREFIX],
  onPoison: 'halt',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['fund_plan', 'fund_plan_line', 'fund_plan_change', 'fund_plan_draw'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const plans: unknown[][] = [];
  const lines: unknown[][] = [];
  const draws: unknown[][] = [];
  const changes: unknown[][] = [];
  for (const event of events.map(decodeFundPlanEvent)) {
    if (event.type === 'FundPlanIssued') {
      plans.push(planRow(event));
      event.data.lines.forEach(({ projectId, amountFen }, place) =>
        lines.push([event.planId, place, projectId, amountFen]),
      );
    } else if (event.type === 'FundPlanAdjusted') {
      for (const [projectId, fen] of adjustmentOf(event.data)) changes.push(changeRow(event, projectId, fen));
    } else if (event.type === 'DrawReallocated' || event.type === 'DrawReallocationReleased') {
      const { reallocationId, fromProjectId, toProjectId, amountFen } = event.data;
      const fen = event.type === 'DrawReallocated' ? BigInt(amountFen) : -BigInt(amountFen);
      const place = [event.position, event.id, event.planId, reallocationId];
      draws.push([...place, fromProjectId, (-fen).toString(), ...dates(event), true]);
      draws.push([...place, toProjectId, fen.toString(), ...dates(event), true]);
      if (event.data.fromLine) changes.push(changeRow(event, fromProjectId, -fen));
      if (event.data.toLine) changes.push(changeRow(event, toProjectId, fen));
    } else {
      const { allocationId, projectId, amountFen } = event.data;
      const amount = event.type === 'AllocationDrawn' ? amountFen : `-${amountFen}`;
      draws.push([
        event.position,
        event.id,
        event.planId,
        allocationId,
        projectId,
        amount,
        ...dates(event),
        false,
      ]);
    }
  }
  if (plans.length > 0) await client.query(INSERT_PLANS, columns(plans));
  if (lines.length > 0) await client.query(INSERT_LINES, columns(lines));
  if (changes.length > 0) await client.query(INSERT_CHANGES, columns(changes));
  if (draws.length > 0) await client.query(INSERT_DRAWS, columns(draws));
  return events.length;
}

function planRow(event: RecordedFundPlanEvent & { type: 'FundPlanIssued' }): unknown[] {
  const { documentNumber, title, authority, region, source, level, budgetYear, totalFen } = event.data;
  const said = [
    documentNumber,
    title ?? null,
    authority,
    region,
    source,
    level ?? null,
    budgetYear,
    totalFen,
  ];
  return [event.planId, event.position, event.id, ...said, ...dates(event)];
}

/** What an adjustment adds to the total (under no project) and to each line; negative where it takes. */
function adjustmentOf(data: FundPlanEventData<'FundPlanAdjusted'>): Map<string | null, bigint> {
  const sums = new Map<string | null, bigint>([
    [null, BigInt(data.totalFen) - BigInt(data.previousTotalFen)],
  ]);
  const add = (id: string, fen: bigint) => sums.set(id, (sums.get(id) ?? 0n) + fen);
  for (const { projectId, amountFen } of data.lines) add(projectId, BigInt(amountFen));
  for (const { projectId, amountFen } of data.previousLines) add(projectId, -BigInt(amountFen));
  return new Map([...sums].filter(([, fen]) => fen !== 0n));
}

function changeRow(event: RecordedFundPlanEvent, projectId: string | null, fen: bigint): unknown[] {
  return [event.position, event.id, event.planId, projectId, fen.toString(), ...dates(event)];
}

function dates({ envelope }: RecordedFundPlanEvent): string[] {
  return [envelope.effectiveDate, latestDay(envelope.effectiveDate), envelope.recordedAt];
}

function columns(rows: readonly unknown[][]): unknown[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]));
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as plans, coalesce(sum(total_fen), 0)::text as total,
      (select coalesce(sum(amount_fen), 0)::text from fund_plan_line) as lines,
      (select coalesce(sum(amount_fen), 0)::text from fund_plan_draw) as drawn,
      (select coalesce(sum(amount_fen), 0)::text from fund_plan_change) as changed
    from fund_plan`);
  return rows[0]!;
}
