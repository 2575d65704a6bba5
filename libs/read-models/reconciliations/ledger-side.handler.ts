import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { LedgerItem } from '#libs/reconciliation/domain/match.js';
import { ledgerSide } from './ledger-side.js';
import { LedgerSideQuery } from './queries.js';

@QueryHandler(LedgerSideQuery)
export class LedgerSideHandler implements IQueryHandler<LedgerSideQuery> {
  constructor(private readonly database: DataSource) {}

  execute({ scope, position }: LedgerSideQuery): Promise<LedgerItem[]> {
    return ledgerSide(this.database, scope, position);
  }
}
