import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  FUND_STAGES,
  type FundingLevel,
  type FundingSource,
  type FundStage,
} from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, isAsOf } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { labelled } from '../views.js';
import { ledgerParameters } from './ledger-parameters.js';
import { balancesSql, scopedProjectsSql } from './ledger-sql.js';
import { LedgerEntriesQuery, type LedgerEntry } from './queries.js';

interface RawEntry {
  event_id: string;
  position: string;
  line: number;
  event_type: string;
  project_id: string;
  name: string | null;
  source: FundingSource | null;
  level: FundingLevel | null;
  stage: FundStage;
  from_account: string;
  from_year: number | null;
  to_account: string;
  to_year: number | null;
  amount_fen: string;
  document_number: string | null;
  effective: string;
  recorded_at: Date;
  reverses: string | null;
}

const LIST = 'ledger-entries';

/** A line that carries money between years belongs to both; $13 the stage, $14 and $15 the place behind the cursor. */
const entriesSql = (asOf: boolean) => `
  with balance as (${balancesSql(asOf)}), scope as (${scopedProjectsSql(asOf)})
  select t.event_id, t.position, t.line, t.event_type, t.project_id, scope.name, t.source, t.level, t.stage,
    t.from_account, t.from_year, t.to_account, t.to_year, t.amount_fen, t.document_number, t.effective,
    t.recorded_at, t.reverses
  from read.ledger_transfer t join scope on scope.project_id = t.project_id
  where ${asOfCondition('t')}
    and (not $9::boolean or t.from_year is not distinct from $10::smallint
      or (t.stage = 'carriedForward' and t.to_year is not distinct from $10::smallint))
    and (not $11::boolean or t.source is not distinct from $12)
    and ($13::text is null or t.stage = $13)
    and ($14::text is null or (t.position, t.line) > ($14, $15::smallint))
  order by t.position, t.line
  limit $16`;

@QueryHandler(LedgerEntriesQuery)
export class LedgerEntriesHandler implements IQueryHandler<LedgerEntriesQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: LedgerEntriesQuery): Promise<Page<LedgerEntry>> {
    const limit = checkedLimit(params.limit);
    const [position = null, line = null] =
      params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u, /^\d{1,4}$/u]);
    const rows = await this.database.query<RawEntry[]>(entriesSql(isAsOf(params)), [
      ...ledgerParameters(params),
      params.stage ?? null,
      position,
      line,
      limit + 1,
    ]);
    return pageOf(LIST, rows.map(entryOf), limit, (entry) => [entry.position, String(entry.line)]);
  }
}

function entryOf(raw: RawEntry): LedgerEntry {
  return {
    eventId: raw.event_id,
    position: raw.position,
    line: raw.line,
    eventType: raw.event_type,
    project: { id: raw.project_id, name: raw.name ?? '' },
    source: raw.source && labelled(FUNDING_SOURCES, raw.source),
    level: raw.level && labelled(FUNDING_LEVELS, raw.level),
    stage: labelled(FUND_STAGES, raw.stage),
    from: { account: raw.from_account, year: raw.from_year },
    to: { account: raw.to_account, year: raw.to_year },
    amount: moneyView(BigInt(raw.amount_fen)),
    documentNumber: raw.document_number,
    effectiveDate: raw.effective,
    recordedAt: raw.recorded_at.toISOString(),
    reverses: raw.reverses,
  };
}
