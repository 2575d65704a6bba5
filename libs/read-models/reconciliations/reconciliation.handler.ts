import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { ReconciliationQuery, type Reconciliation } from './queries.js';
import { asOfParameters } from '../as-of.js';
import { AS_OF, heldAgainstLedger, type RawReconciliation } from './standing.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const LATEST = `
  select position, recorded_at, actor, data, count(*) over ()::integer as runs
  from read.reconciliation where reconciliation_id = $3 and ${AS_OF} order by position desc limit 1`;

@QueryHandler(ReconciliationQuery)
export class ReconciliationHandler implements IQueryHandler<ReconciliationQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ reconciliationId, asOf }: ReconciliationQuery): Promise<Reconciliation | null> {
    if (!UUID.test(reconciliationId)) return null;
    const [latest] = await this.database.query<RawReconciliation[]>(LATEST, [
      ...asOfParameters(asOf),
      reconciliationId,
    ]);
    return latest ? heldAgainstLedger(this.database, latest, asOf) : null;
  }
}
