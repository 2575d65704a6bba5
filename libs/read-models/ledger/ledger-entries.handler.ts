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
import { LedgerEntriesQuery, type JournalFilter, type LedgerEntry } from './queries.js';

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

/** Of so many projects all lines are looked at; of more, the journal is read in its order until a page is full. */
const FEW_PROJECTS = 100;
/** Up to the year of use: what is asked of projects and not of lines. */
const SCOPE_PARAMETERS = 8;
const SCOPE = (asOf: boolean) => `
  select project_id from (${projectsSql(asOf)}) p
  where ${PROJECT_CONDITION} and (${asOf} or ($1::timestamptz is null and $2::date is null))
  limit ${FEW_PROJECTS + 1}`;

/**
 * A line that carries money between years belongs to both; $13 the stage, $14 and $15 event and document, $16 and $17
 * the place behind the cursor, $19 the projects where they are few.
 *
 * @param few what lines are looked up by, if by anything: the planner cannot know that they are few, and would rather
 *   read the journal in its order
 */
const entriesSql = (asOf: boolean, few?: string) => `
  with line as ${few ? '' : 'not'} materialized (
    select * from read.ledger_transfer t
    where ${asOfCondition('t')} and ${few ?? 'true'}
      and (not $9::boolean or from_year is not distinct from $10::smallint
        or (stage = 'carriedForward' and to_year is not distinct from $10::smallint))
      and (not $11::boolean or source is not distinct from $12)
      and ($13::text is null or stage = $13)
      and ($14::uuid is null or event_id = $14)
      and ($15::text is null or document_number = $15)
      and ($16::text is null or (position, line) > ($16, $17::smallint))
      and ($19::uuid[] is null or project_id = any($19)))
  select event_id, position, line, event_type, project_id, name, source, level, stage, from_account, from_year,
    to_account, to_year, amount_fen, document_number, effective, recorded_at, reverses
  from line left join (${projectsSql(asOf)}) project using (project_id)
  where ${PROJECT_CONDITION}
  order by position, line
  limit $18`;

@QueryHandler(LedgerEntriesQuery)
export class LedgerEntriesHandler implements IQueryHandler<LedgerEntriesQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: LedgerEntriesQuery): Promise<Page<LedgerEntry>> {
    const limit = checkedLimit(params.limit);
    const [position = null, line = null] =
      params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u, /^\d{1,4}$/u]);
    const projects = await this.fewProjects(params);
    const rows = await this.database.query<RawEntry[]>(
      entriesSql(isAsOf(params), fewLines(params, projects)),
      [
        ...ledgerParameters(params),
        params.stage ?? null,
        params.eventId ?? null,
        params.documentNumber ?? null,
        position,
        line,
        limit + 1,
        projects ?? null,
      ],
    );
    return pageOf(LIST, rows.map(entryOf), limit, (entry) => [entry.position, String(entry.line)]);
  }

  /** The projects asked for, where these are few; undefined where they are many or all. */
  private async fewProjects(params: JournalFilter): Promise<string[] | undefined> {
    const { projectId, region, regionSet, category } = params;
    if (projectId !== undefined) return [projectId];
    // Without one of these, lines count whose project has no properties yet.
    if (region === undefined && regionSet === undefined && category === undefined) return undefined;
    // Nearly all of their lines are asked for: a page of them is soon full.
    if (params.year === undefined && params.source === undefined && params.stage === undefined)
      return undefined;
    const rows = await this.database.query<{ project_id: string }[]>(
      SCOPE(isAsOf(params)),
      ledgerParameters(params).slice(0, SCOPE_PARAMETERS),
    );
    return rows.length > FEW_PROJECTS ? undefined : rows.map(({ project_id }) => project_id);
  }
}

function fewLines(
  { eventId, documentNumber }: JournalFilter,
  projects?: readonly string[],
): string | undefined {
  if (eventId !== undefined) return 'event_id = $14';
  if (documentNumber !== undefined) return 'document_number = $15';
  return projects && 'project_id = any($19)';
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
