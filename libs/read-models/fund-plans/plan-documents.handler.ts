import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionPrefix } from '#libs/kernel/regions.js';
import { asOfParameters } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { PLAN_DOCUMENTS, planDocumentOf, type RawPlanDocument } from './plan-document-rows.js';
import { PlanDocumentsQuery, type PlanDocument } from './queries.js';

const LIST = 'plan-documents';
const PAGE = `${PLAN_DOCUMENTS}
    and ($3::text is null or starts_with(p.region, $3))
    and ($4::text is null or p.source = $4)
    and ($5::smallint is null or p.budget_year = $5)
    and ($6::text is null or p.position > $6)
  order by p.position
  limit $7`;

@QueryHandler(PlanDocumentsQuery)
export class PlanDocumentsHandler implements IQueryHandler<PlanDocumentsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PlanDocumentsQuery): Promise<Page<PlanDocument>> {
    const limit = checkedLimit(params.limit);
    const [after = null] = params.cursor === undefined ? [] : readCursor(LIST, params.cursor, [/^\S+$/u]);
    const rows = await this.database.query<RawPlanDocument[]>(PAGE, [
      ...asOfParameters(params),
      params.region === undefined ? null : regionPrefix(params.region),
      params.source ?? null,
      params.year ?? null,
      after,
      limit + 1,
    ]);
    const positions = new Map(rows.map((row) => [row.plan_id, row.position]));
    return pageOf(LIST, rows.map(planDocumentOf), limit, ({ id }) => [positions.get(id)!]);
  }
}
