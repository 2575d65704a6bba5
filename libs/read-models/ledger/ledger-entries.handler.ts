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
import { PROJECT_CONDITION, projectsSql } from './ledger-sql.js';
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

/**
 * A line that carries money between years belongs to both; $13 the stage, $14 and $15 event and document, $16 and $17
 * the place behind the cursor.
 */
const entriesSql = (asOf: boolean) => `
  select event_id, position, line, event_type, project_id, name, source, level, stage, from_account, from_year,
    to_account, to_year, amount_fen, document_number, effective, recorded_at, reverses
  from (
    select t.*, p.name, p.category, p.regions, p.planned_use_year
    from read.ledger_transfer t left join (${projectsSql(asOf)}) p on p.project_id = t.project_id
  ) t
  where ${asOfCondition('t')} and ${PROJECT_CONDITION}
    and (not $9::boolean or from_year is not distinct from $10::smallint
      or (stage = 'carriedForward' and to_year is not distinct from $10::smallint))
    and (not $11::boolean or source is not distinct from $12)
    and ($13::text is null or stage = $13)
    and ($14::uuid is null or event_id = $14)
    and ($15::text is null or document_number = $15)
    and ($16::text is null or (position, line) > ($16, $17::smallint))
  order by position, line
  limit $18`;

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
      params.eventId ?? null,
      params.documentNumber ?? null,
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
