import type { MoneyView } from '#libs/kernel/money.js';
import { FUND_STAGES, type FundingLevel, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { Labelled } from '../views.js';
import { ledgerProjection } from './projection.js';
import type { LedgerFilter } from './queries.js';
import type { Account } from './transfers.js';

const { carriedForward: _, reallocatedOut: __, reallocatedIn: ___, ...STAGES } = FUND_STAGES;

/** Accounts in the order that money walks. What left `sources` and `work` came into the books. */
export const ACCOUNTS: Readonly<Record<Account, string>> = {
  sources: '资金来源',
  ...STAGES,
  work: '建设工作量',
  reallocated: '项目间调剂',
};

/** What account rows can be told apart by, besides the account. */
export const ACCOUNT_DIMENSIONS = ['project', 'source', 'level', 'year'] as const;
export type AccountDimension = (typeof ACCOUNT_DIMENSIONS)[number];

export interface AccountFigures {
  /** 转入: Σ of the transfers into the account, less what reversals took back. */
  entered: MoneyView;
  /** 转出: the same of those out of it. */
  left: MoneyView;
  /** 余额: entered − left. Negative where more left than had come: of `sources` and `work` it always is. */
  balance: MoneyView;
}

/** The key holds one property for each dimension asked for, and null where the lines have none. */
export interface AccountRow extends AccountFigures {
  account: Labelled<Account>;
  project?: { id: string; name: string };
  source?: Labelled<FundingSource> | null;
  level?: Labelled<FundingLevel> | null;
  year?: number | null;
}

export interface AccountBalances {
  groupBy: AccountDimension[];
  /** Projects as they entered the pool, sources and accounts in their order; accounts that nothing moved are left out. */
  rows: AccountRow[];
  /**
   * Over all rows. Every transfer leaves one account and enters another, so `balance` is zero; asked for one budget
   * year, it is what was carried into that year less what was carried out of it.
   */
  total: AccountFigures;
}

/** The stage accounts and what stands on each. @throws Refusal `ledger.tooManyRows` above 20,000 rows, `asOf.unreadable` */
export class AccountBalancesQuery extends ReadModelQuery<AccountBalances> {
  constructor(readonly params: LedgerFilter & { groupBy: readonly AccountDimension[] }) {
    super(ledgerProjection);
  }
}
