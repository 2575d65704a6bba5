import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import { isAsOf } from '../as-of.js';
import { labelled } from '../views.js';
import { accountLegs } from './accounts-sql.js';
import {
  ACCOUNT_DIMENSIONS,
  AccountBalancesQuery,
  ACCOUNTS,
  type AccountBalances,
  type AccountDimension,
  type AccountFigures,
  type AccountRow,
} from './account-queries.js';
import { MONEY_CONDITION, scopedProjectsSql } from './ledger-sql.js';
import { ledgerParameters } from './ledger-parameters.js';
import type { Account } from './transfers.js';

const MAX_ROWS = 20_000;

interface RawRow {
  account: Account;
  project_id: string | null;
  name: string | null;
  source: FundingSource | null;
  level: FundingLevel | null;
  year: number | null;
  entered: string;
  leaving: string;
}

const COLUMNS: Record<AccountDimension, readonly string[]> = {
  project: ['project_id', 'name', 'entered_at'],
  source: ['source'],
  level: ['level'],
  year: ['year'],
};
const ALL_COLUMNS: Readonly<Record<string, string>> = {
  project_id: 'uuid',
  name: 'text',
  entered_at: 'text',
  source: 'text',
  level: 'text',
  year: 'smallint',
};

function accountsSql(asOf: boolean, groupBy: readonly AccountDimension[]): string {
  const columns = groupBy.flatMap((dimension) => COLUMNS[dimension]);
  const selected = Object.entries(ALL_COLUMNS).map(([column, type]) =>
    columns.includes(column) ? column : `null::${type} as ${column}`,
  );
  return `
    with balance as (
      select project_id, nullif(source, '') as source, nullif(level, '') as level, nullif(year, 0) as year, account,
        entered, leaving
      from (${accountLegs()}) leg),
    scope as (${scopedProjectsSql(asOf)}),
    held as (
      select balance.*, scope.name, scope.entered as entered_at
      from balance join scope using (project_id) where ${MONEY_CONDITION})
    select account, ${selected.join(', ')}, sum(entered)::text as entered, sum(leaving)::text as leaving
    from held group by ${['account', ...columns].join(', ')}
    order by entered_at nulls last, project_id
    limit $13`;
}

@QueryHandler(AccountBalancesQuery)
export class AccountBalancesHandler implements IQueryHandler<AccountBalancesQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: AccountBalancesQuery): Promise<AccountBalances> {
    const groupBy = ACCOUNT_DIMENSIONS.filter((dimension) => params.groupBy.includes(dimension));
    const raw = await this.database.query<RawRow[]>(accountsSql(isAsOf(params), groupBy), [
      ...ledgerParameters(params),
      MAX_ROWS + 1,
    ]);
    if (raw.length > MAX_ROWS) {
      throw new Refusal('ledger.tooManyRows', `余额表超过 ${MAX_ROWS} 行，请按地区、年度或来源缩小范围`, {
        groupBy,
      });
    }
    return {
      groupBy,
      rows: inOrder(raw).map((row) => rowOf(row, groupBy)),
      total: figuresOf(raw),
    };
  }
}

/** Projects stand in the order of the statement; within one, source, level, year and account in theirs. */
function inOrder(raw: readonly RawRow[]): RawRow[] {
  const place = (keys: object, key: string | null) => (key === null ? 99 : Object.keys(keys).indexOf(key));
  const projects = new Map(
    [...new Set(raw.map(({ project_id }) => project_id))].map((id, n) => [id, n] as const),
  );
  const keyOf = (row: RawRow) => [
    projects.get(row.project_id)!,
    place(FUNDING_SOURCES, row.source),
    place({ '': '', ...FUNDING_LEVELS }, row.level ?? ''),
    row.year ?? 9999,
    place(ACCOUNTS, row.account),
  ];
  return raw
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => {
      const at = a.key.findIndex((part, n) => part !== b.key[n]);
      return at < 0 ? 0 : a.key[at]! - b.key[at]!;
    })
    .map(({ row }) => row);
}

function rowOf(raw: RawRow, groupBy: readonly AccountDimension[]): AccountRow {
  const { project_id, name, source, level, year } = raw;
  const key: Record<AccountDimension, object> = {
    project: { project: { id: project_id!, name: name ?? '' } },
    source: { source: source && labelled(FUNDING_SOURCES, source) },
    level: { level: level && labelled(FUNDING_LEVELS, level) },
    year: { year },
  };
  const account = { account: labelled(ACCOUNTS, raw.account) };
  return Object.assign(
    {},
    ...groupBy.map((dimension) => key[dimension]),
    account,
    figuresOf([raw]),
  ) as AccountRow;
}

function figuresOf(rows: readonly RawRow[]): AccountFigures {
  const entered = rows.reduce((sum, row) => sum + BigInt(row.entered), 0n);
  const left = rows.reduce((sum, row) => sum + BigInt(row.leaving), 0n);
  return { entered: moneyView(entered), left: moneyView(left), balance: moneyView(entered - left) };
}
