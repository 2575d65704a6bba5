import type { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { ReconciliationScope } from '#libs/reconciliation/domain/events.js';
import type { LedgerItem } from '#libs/reconciliation/domain/match.js';
import { asOfParameters } from '../as-of.js';
import type { AsOf } from '../views.js';
import type { LedgerChange } from './queries.js';

interface RawItem {
  event_id: string;
  project_id: string;
  kind: LedgerItem['kind'];
  source: FundingSource;
  amount_fen: string;
  document_number: string;
  payee: string | null;
  effective: string;
  name: string;
  code: string | null;
  units: string[];
  reversed_by: string | null;
}

/** As `asOfCondition`, for the parameters $7 and $8: whether an item was known and in effect, and its reversal. */
const AS_OF = (recorded: string, effective: string) =>
  `($7::timestamptz is null or ${recorded} <= $7) and ($8::date is null or ${effective} <= $8)`;
const REVERSED = `(i.reversed_position is not null and ${AS_OF('i.reversed_recorded_at', 'i.reversed_effective_to')})`;
const STANDS = `(${AS_OF('i.recorded_at', 'i.effective_to')} and not ${REVERSED})`;
/** What stood at the position $6. */
const STOOD = `(i.position <= $6 and (i.reversed_position is null or i.reversed_position > $6))`;

/** Items of a scope, $1 to $5. A date that is not certain to lie within the period is not in it. */
const items = (reversedBy: string) => `
  select i.event_id, i.project_id, i.kind, i.source, i.amount_fen, i.document_number, i.payee, i.effective,
    p.shown->'details'->>'name' as name, p.shown->>'code' as code, p.shown->'details'->'implementingUnits' as units,
    ${reversedBy} as reversed_by
  from read.reconcilable_item i join read.register_project p using (project_id)
  where exists (select from unnest(p.regions) region where starts_with(region, $1))
    and ($2::uuid is null or i.project_id = $2)
    and i.effective_from >= $3::date and i.effective_to <= $4::date
    and i.kind = any($5::text[])`;
/** What stands as of $7 and $8 and did not at the position $6 (null: nothing did), or the other way round. */
const CHANGED = `
  ${items(`case when ${STANDS} then null else i.reversed_by end`)} and ${STANDS} <> coalesce(${STOOD}, false)
  order by case when ${STANDS} then i.position else i.reversed_position end, i.position`;

export async function ledgerSide(
  database: DataSource,
  scope: ReconciliationScope,
  position: string,
): Promise<LedgerItem[]> {
  const sql = `${items('i.reversed_by')} and ${STOOD} order by i.position`;
  const rows = await database.query<RawItem[]>(sql, [...parametersOf(scope), position]);
  return rows.map(itemOf);
}

export async function changesSince(
  database: DataSource,
  scope: ReconciliationScope,
  position: string | null,
  asOf: AsOf,
): Promise<LedgerChange[]> {
  const parameters = [...parametersOf(scope), position, ...asOfParameters(asOf)];
  const rows = await database.query<RawItem[]>(CHANGED, parameters);
  return rows.map((row) => ({
    change: row.reversed_by === null ? 'added' : 'reversed',
    byEventId: row.reversed_by ?? row.event_id,
    item: itemOf(row),
  }));
}

function parametersOf({ region, projectId, from, to, kinds }: ReconciliationScope): unknown[] {
  return [regionPrefix(region), projectId ?? null, from, to, kinds];
}

function itemOf(row: RawItem): LedgerItem {
  return {
    eventId: row.event_id,
    kind: row.kind,
    project: { id: row.project_id, name: row.name, code: row.code },
    date: row.effective,
    documentNumber: row.document_number,
    payees: row.payee === null ? row.units : [row.payee],
    amountFen: row.amount_fen,
    source: row.source,
  };
}
