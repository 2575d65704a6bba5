import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { isAsOf } from '../as-of.js';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { ledgerParameters } from './ledger-parameters.js';
import { inOrder, rowOf, type RawLedgerRow } from './ledger-rows.js';
import { ledgerPageSql } from './figures-sql.js';
import { LedgerProjectsQuery, type LedgerRow } from './queries.js';

const LIST = 'ledger-projects';
const KEY = [/^\S+$/u, /^[0-9a-f-]{36}$/u];

@QueryHandler(LedgerProjectsQuery)
export class LedgerProjectsHandler implements IQueryHandler<LedgerProjectsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: LedgerProjectsQuery): Promise<Page<LedgerRow>> {
    const limit = checkedLimit(params.limit);
    const key = params.cursor === undefined ? [null, null] : readCursor(LIST, params.cursor, KEY);
    const shape = {
      asOf: isAsOf(params),
      byYear: params.year !== undefined,
      bySource: params.source !== undefined,
    };
    const parameters = [...ledgerParameters(params), ...key, limit + 1];
    const rows = await this.database.query<RawLedgerRow[]>(ledgerPageSql(shape), parameters);
    const page = pageOf(LIST, inOrder(rows, ['project']), limit, ({ entered, project_id }) => [
      entered ?? '~',
      project_id!,
    ]);
    return { ...page, items: page.items.map((row) => rowOf(row, ['project'])) };
  }
}
