import type { RegionCode } from '#libs/kernel/regions.js';
import type { LedgerMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { asOfCondition } from '../as-of.js';
import { standingValues } from '../attributes/attribute-sql.js';
import { askedSql, ledgerAsked, MEASURES, type MoneyMeasure } from './ledger-measures.js';
import type { PartScope } from './part.js';
import { LISTED_EVENTS } from './queries.js';

/** Of the projects of one set of divisions. */
export type EventCounts = Record<MoneyMeasure, number> & { regions: RegionCode[] };

/** One event is one line of its stage, but for funding plans, which have one for each source and year. */
const COUNTS = Object.entries(MEASURES).map(([measure, { stage, counts }]) => {
  const events = stage === 'planned' ? 'distinct position' : '*';
  return `(count(${events}) filter (where stage = '${stage}' and ${counts}))::integer as "${measure}"`;
});

const LINES = `
  select position, event_id, project_id, stage, source, from_year as year from read.ledger_transfer t
  where ${asOfCondition('t')}`;

/** How many events moved each measure's money until the end of a year, by set of divisions: reads the journal once. */
export async function countEvents(scope: PartScope, year: number): Promise<EventCounts[]> {
  const { asOf, parameters } = ledgerAsked(scope, scope.regions, year);
  const sql = `${askedSql(asOf)}
    select regions, ${COUNTS.join()} from (${LINES}) line join known using (project_id) group by regions`;
  return scope.database.query<EventCounts[]>(sql, parameters);
}

/** Up to so many, all are looked up by project and put in order; of more, the journal is read in its order. */
const FEW_EVENTS = 20_000;
const TOTALS = `
  select position, event_id, project_id from (${standingValues('read.ledger_attribute', asOfCondition)}) said
  where field = 'totalInvestmentFen' and value is not null`;

/**
 * The first events behind each measure of a region at the end of a year, in the order recorded. Asked in one statement:
 * to plan the look-up of the projects takes longer than to read most regions' events.
 *
 * @param counts how many events there are behind each measure that is asked for
 */
export async function firstEvents(
  scope: PartScope,
  region: RegionCode,
  year: number,
  counts: ReadonlyMap<LedgerMeasure, number>,
): Promise<ReadonlyMap<LedgerMeasure, string[]>> {
  const first = new Map<LedgerMeasure, string[]>([...counts.keys()].map((measure) => [measure, []]));
  const some = [...counts].filter(([, count]) => count > 0);
  if (some.length === 0) return first;
  const { asOf, parameters } = ledgerAsked(scope, [region], year);
  const sql = `${askedSql(asOf)}, ${some.map(([measure, count]) => behindSql(measure, count)).join()}
    select * from (${some.map(([measure]) => firstSql(measure)).join(' union all ')}) first order by position`;
  const rows = await scope.database.query<{ measure: LedgerMeasure; event_id: string }[]>(sql, parameters);
  for (const { measure, event_id } of rows) first.get(measure)!.push(event_id);
  return first;
}

const behindSql = (measure: LedgerMeasure, count: number): string => `
  "${measure}" as ${count > FEW_EVENTS ? 'not ' : ''}materialized (
    select position, event_id from (${eventsSql(measure)}) event
    where project_id in (select project_id from known))`;

const firstSql = (measure: LedgerMeasure): string => `
  (select distinct '${measure}' as measure, position, event_id from "${measure}" order by position limit ${LISTED_EVENTS})`;

function eventsSql(measure: LedgerMeasure): string {
  if (measure === 'totalInvestment') return TOTALS;
  const { stage, counts } = MEASURES[measure];
  return `select * from (${LINES}) line where stage = '${stage}' and ${counts}`;
}
