import type { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import {
  FUND_STAGES,
  type FundingLevel,
  type FundingSource,
  type FundStage,
} from '#libs/projects/domain/vocabulary.js';
import { labelled } from '../views.js';
import type { Movement } from './lots.js';
import type { TraceStep } from './queries.js';
import { FLOW_ORDER, STANDING } from './standing-sql.js';

/** A movement with what a trace says of it. */
export interface TracedMovement extends Movement {
  readonly eventType: string;
  readonly stage: FundStage;
  readonly documentNumber: string | null;
  readonly effective: string;
  readonly recordedAt: Date;
  readonly payee: string | null;
  readonly purpose: string | null;
}

/** One source line, over all its years: what money is followed within. */
export interface SourceLine {
  source: FundingSource;
  level: FundingLevel | null;
}

/** The projects and those that money was reallocated between them and others, over any number of steps. */
const RELATED = `
  with recursive related (project_id) as (
    select unnest($3::uuid[])
    union
    select other.project_id
    from related r
    join read.ledger_transfer own on own.project_id = r.project_id and own.reallocation_id is not null
    join read.ledger_transfer other on other.reallocation_id = own.reallocation_id)`;
const MOVEMENTS = `${RELATED}
  select m.event_id as "eventId", m.event_type as "eventType", m.project_id as "projectId", m.source, m.level,
    m.stage, m.from_account as "from", m.from_year as "fromYear", m.to_account as "to", m.to_year as "toYear",
    m.amount_fen as "amountFen",
    m.reallocation_id as "reallocationId", m.document_number as "documentNumber", m.effective,
    m.recorded_at as "recordedAt", e.data->>'payee' as payee, e.data->>'purpose' as purpose
  from (${STANDING} and t.project_id in (select project_id from related) and t.source = $4 and t.level is not distinct from $5) m
  left join (select event_id, data from read.timeline_event) e on e.event_id = m.event_id and m.stage = 'paid'
  order by ${FLOW_ORDER}`;

/** The movements of one source line in some projects, and in those money came from or went to, that stood at a moment, in the order money is followed. */
export async function standingMovements(
  database: DataSource,
  asOf: readonly (string | null)[],
  projectIds: readonly string[],
  { source, level }: SourceLine,
): Promise<TracedMovement[]> {
  const parameters = [...asOf, [...projectIds], source, level];
  const rows = await database.query<(Omit<TracedMovement, 'amountFen'> & { amountFen: string })[]>(
    MOVEMENTS,
    parameters,
  );
  return rows.map((row) => ({ ...row, amountFen: BigInt(row.amountFen) }));
}

/** Names of projects as they are now; a project that has none yet is the empty text. */
export async function projectNames(
  database: DataSource,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.query<{ project_id: string; name: string }[]>(
    'select project_id, name from read.ledger_project where project_id = any($1::uuid[])',
    [[...projectIds]],
  );
  return new Map(rows.map(({ project_id, name }) => [project_id, name]));
}

export function stepOf(movement: TracedMovement): TraceStep {
  const { eventId, eventType, stage, effective, recordedAt, documentNumber, toYear, payee, purpose } =
    movement;
  return {
    eventId,
    eventType,
    stage: labelled(FUND_STAGES, stage),
    effectiveDate: effective,
    recordedAt: recordedAt.toISOString(),
    documentNumber,
    budgetYear: toYear!,
    eventAmount: moneyView(movement.amountFen),
    payee,
    purpose,
  };
}
