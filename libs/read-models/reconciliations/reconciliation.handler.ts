import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { ReconciliationQuery, type Reconciliation } from './queries.js';
import { heldAgainstLedger, type RawReconciliation } from './standing.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const LATEST = `
  select position, recorded_at, actor, data, count(*) over ()::integer as runs
  from read.reconciliation where reconciliation_id = $1 order by position desc limit 1`;

@QueryHandler(ReconciliationQuery)
export class ReconciliationHandler implements IQueryHandler<ReconciliationQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ reconciliationId }: ReconciliationQuery): Promise<Reconciliation | null> {
    if (!UUID.test(reconciliationId)) return null;
    const [latest] = await this.database.query<RawReconciliation[]>(LATEST, [reconciliationId]);
    return latest ? heldAgainstLedger(this.database, latest) : null;
  }
}
