import { moneyView } from '#libs/kernel/money.js';
import { regionName } from '#libs/kernel/regions.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { asOfCondition } from '../as-of.js';
import { labelled } from '../views.js';
import type { PlanDocument } from './queries.js';

export interface RawPlanDocument {
  plan_id: string;
  position: string;
  document_number: string;
  title: string | null;
  authority: string;
  region: string;
  source: FundingSource;
  level: FundingLevel | null;
  budget_year: number;
  total_fen: string;
  effective: string;
  recorded_at: Date;
  in_lines: string;
  drawn: string;
  projects: number;
  changes: number;
}

/** Documents as known at $1 and effective on $2, with the sums of their lines and draws. */
export const PLAN_DOCUMENTS = `
  select p.plan_id, p.position, p.document_number, p.title, p.authority, p.region, p.source, p.level, p.budget_year,
    (p.total_fen + (select coalesce(sum(c.amount_fen), 0) from read.fund_plan_change c
      where c.plan_id = p.plan_id and c.project_id is null and ${asOfCondition('c')}))::text as total_fen,
    p.effective, p.recorded_at,
    ((select coalesce(sum(l.amount_fen), 0) from read.fund_plan_line l where l.plan_id = p.plan_id)
      + (select coalesce(sum(c.amount_fen), 0) from read.fund_plan_change c
        where c.plan_id = p.plan_id and c.project_id is not null and ${asOfCondition('c')}))::text as in_lines,
    (select count(distinct c.event_id)::integer from read.fund_plan_change c
      where c.plan_id = p.plan_id and ${asOfCondition('c')}) as changes,
    (select coalesce(sum(d.amount_fen), 0)::text from read.fund_plan_draw d
      where d.plan_id = p.plan_id and ${asOfCondition('d')}) as drawn,
    (select count(*)::integer from (
      select l.project_id from read.fund_plan_line l where l.plan_id = p.plan_id
      union
      select c.project_id from read.fund_plan_change c
      where c.plan_id = p.plan_id and c.project_id is not null and ${asOfCondition('c')}
      group by c.project_id having sum(c.amount_fen) > 0
      union
      select d.project_id from read.fund_plan_draw d where d.plan_id = p.plan_id and ${asOfCondition('d')}
      group by d.project_id having sum(d.amount_fen) <> 0) any_project) as projects
  from read.fund_plan p
  where ${asOfCondition('p')}`;

export function planDocumentOf(raw: RawPlanDocument): PlanDocument {
  const total = BigInt(raw.total_fen);
  const drawn = BigInt(raw.drawn);
  return {
    id: raw.plan_id,
    documentNumber: raw.document_number,
    title: raw.title,
    authority: raw.authority,
    region: { code: raw.region, name: regionName(raw.region) },
    source: labelled(FUNDING_SOURCES, raw.source),
    level: raw.level && labelled(FUNDING_LEVELS, raw.level),
    budgetYear: raw.budget_year,
    effectiveDate: raw.effective,
    recordedAt: raw.recorded_at.toISOString(),
    total: moneyView(total),
    inLines: moneyView(BigInt(raw.in_lines)),
    drawn: moneyView(drawn),
    remainder: moneyView(total - drawn),
    projects: raw.projects,
    changes: raw.changes,
  };
}
