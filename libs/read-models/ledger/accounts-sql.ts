import { MOVED_AS_OF } from './sums-sql.js';
import type { Account } from './transfers.js';

/**
 * What came into each account of a project, source, level and year and what left it, as known at $1 and effective on
 * $2, of the project $3 or all: a row for each way of moving. '' and 0 are no source, level or year.
 *
 * @param accounts only these. Default: all
 */
export function accountLegs(accounts?: readonly Account[]): string {
  const among = accounts
    ? `where leg.account in (${accounts.map((account) => `'${account}'`).join(', ')})`
    : '';
  return `
    select project_id, coalesce(source, '') as source, coalesce(level, '') as level, coalesce(leg.year, 0) as year,
      leg.account, leg.entered, leg.leaving
    from (
      select project_id, source, level, from_account, from_year, to_account, to_year,
        runtime.sum_fen(amount_fen) as amount
      from (${MOVED_AS_OF}) moved
      group by project_id, source, level, from_account, from_year, to_account, to_year
      having sum(amount_fen) <> 0
    ) added, lateral (values (from_account, from_year, 0, amount), (to_account, to_year, amount, 0))
      leg (account, year, entered, leaving)
    ${among}`;
}
