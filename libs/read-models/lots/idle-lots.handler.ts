import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { isAsOf } from '../as-of.js';
import { ledgerParameters } from '../ledger/ledger-parameters.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { labelled } from '../views.js';
import type { HeldStage } from './lots.js';
import { lotsSql } from './lots-sql.js';
import { IDLE_STAGES, IdleLotsQuery, type IdleLotView } from './queries.js';

interface RawLot {
  project_id: string;
  name: string | null;
  account: HeldStage;
  source: FundingSource;
  level: FundingLevel | '';
  year: number;
  event_id: string;
  effective: string;
  since: string;
  position: string;
  line: number;
  document_number: string | null;
  amount_fen: string;
  age_days: number;
}

const LIST = 'idle-lots';
const KEY = [/^\d{4}-\d\d-\d\d$/u, /^\S+$/u, /^\d{1,4}$/u, /^[a-z]{1,12}$/u, /^\d{4}$/u];

/** $13 the day that ages count to; $14 stage, $15 and $16 the ages asked for; $17 to $21 the place behind the cursor. */
const idleLotsSql = (asOf: boolean) => `
  with recursive ${lotsSql(asOf)}
  select lot.*, effective_to::text as since, scope.name, greatest($13::date - effective_to, 0) as age_days
  from lot join scope using (project_id)
  where ($14::text is null or account = $14)
    and ($15::integer is null or greatest($13::date - effective_to, 0) > $15)
    and ($16::integer is null or greatest($13::date - effective_to, 0) <= $16)
    and ($17::date is null
      or (effective_to, position, line, account, year) > ($17::date, $18, $19::smallint, $20, $21::smallint))
  order by effective_to, position, line, account, year
  limit $22`;

@QueryHandler(IdleLotsQuery)
export class IdleLotsHandler implements IQueryHandler<IdleLotsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: IdleLotsQuery): Promise<Page<IdleLotView>> {
    const { stage = null, over = null, upTo = null, cursor, limit: asked, ...filter } = params;
    const limit = checkedLimit(asked);
    const key = cursor === undefined ? KEY.map(() => null) : readCursor(LIST, cursor, KEY);
    const agedOn = params.asEffectiveOn ?? chinaDay(new Date());
    const parameters = [...ledgerParameters(filter), agedOn, stage, over, upTo, ...key, limit + 1];
    const rows = await this.database.query<RawLot[]>(idleLotsSql(isAsOf(filter)), parameters);
    const page = pageOf(LIST, rows, limit, ({ since, position, line, account, year }) => [
      ...[since, position, String(line), account, String(year)],
    ]);
    return { ...page, items: page.items.map(viewOf) };
  }
}

function viewOf(raw: RawLot): IdleLotView {
  return {
    project: { id: raw.project_id, name: raw.name ?? '' },
    stage: labelled(IDLE_STAGES, raw.account),
    source: labelled(FUNDING_SOURCES, raw.source),
    level: raw.level === '' ? null : labelled(FUNDING_LEVELS, raw.level),
    budgetYear: raw.year,
    amount: moneyView(BigInt(raw.amount_fen)),
    originEventId: raw.event_id,
    effectiveDate: raw.effective,
    documentNumber: raw.document_number,
    ageDays: raw.age_days,
  };
}
