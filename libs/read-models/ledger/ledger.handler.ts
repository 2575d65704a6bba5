import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Refusal } from '#libs/kernel/refusal.js';
import { mapInTurns } from '#libs/kernel/turns.js';
import { isAsOf } from '../as-of.js';
import type { Queryable } from '../queryable.js';
import { ledgerParameters } from './ledger-parameters.js';
import { figuresOf, inOrder, rowOf, type RawLedgerRow } from './ledger-rows.js';
import { ledgerSql } from './figures-sql.js';
import { LEDGER_DIMENSIONS, LedgerQuery, type Ledger } from './queries.js';

@QueryHandler(LedgerQuery)
export class LedgerHandler implements IQueryHandler<LedgerQuery> {
  constructor(private readonly database: DataSource) {}

  execute({ params, most }: LedgerQuery): Promise<Ledger> {
    return ledgerOf(this.database, params, most);
  }
}

/** Questions about now are answered from the balances, questions about a day from the journal. */
export async function ledgerOf(
  database: Queryable,
  params: LedgerQuery['params'],
  most: number,
): Promise<Ledger> {
  const groupBy = LEDGER_DIMENSIONS.filter((dimension) => params.groupBy.includes(dimension));
  groupBy.sort((a, b) => params.groupBy.indexOf(a) - params.groupBy.indexOf(b));
  const shape = {
    groupBy,
    asOf: isAsOf(params),
    byYear: params.year !== undefined,
    bySource: params.source !== undefined,
  };
  const raw = await database.query<RawLedgerRow[]>(ledgerSql(shape), [...ledgerParameters(params), most + 2]);
  const total = raw.find((row) => row.is_total);
  const rows = raw.filter((row) => !row.is_total);
  if (total === undefined || rows.length > most) {
    throw new Refusal('ledger.tooManyRows', `台账超过 ${most} 行，请按地区、年度或来源缩小范围`, {
      groupBy,
    });
  }
  return {
    groupBy,
    rows: await mapInTurns(inOrder(rows, groupBy), (row) => rowOf(row, groupBy)),
    total: figuresOf(total),
  };
}
