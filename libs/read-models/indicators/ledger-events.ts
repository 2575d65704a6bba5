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

/** The first events behind a measure of a region at the end of a year, in the order recorded. */
export async function firstEvents(
  scope: PartScope,
  {
    region,
    year,
    measure,
    count,
  }: { region: RegionCode; year: number; measure: LedgerMeasure; count: number },
): Promise<string[]> {
  const { asOf, parameters } = ledgerAsked(scope, [region], year);
  const sql = `${askedSql(asOf)},
    behind as ${count > FEW_EVENTS ? 'not ' : ''}materialized (
      select position, event_id from (${behindSql(measure)}) event
      where project_id in (select project_id from known))
    select distinct position, event_id from behind order by position limit ${LISTED_EVENTS}`;
  const rows = await scope.database.query<{ event_id: string }[]>(sql, parameters);
  return rows.map(({ event_id }) => event_id);
}

function behindSql(measure: LedgerMeasure): string {
  if (measure === 'totalInvestment') return TOTALS;
  const { stage, counts } = MEASURES[measure];
  return `select * from (${LINES}) line where stage = '${stage}' and ${counts}`;
}
