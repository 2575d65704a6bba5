import { SUMS_AS_OF } from './sums-as-of-sql.js';
import { SPAN_AMOUNTS } from './sums.js';
import type { Account } from './transfers.js';

type Leg = readonly [account: string, year: string, entered: string, leaving: string];

/** The two accounts of each sum: what it left and what it entered. Carrying keeps the account, reallocating the year. */
const LEGS: readonly Leg[] = [
  ...steps(
    ['sources', 'planned', 'planned'],
    ['planned', 'applied', 'applied'],
    ['applied', 'allocated', 'allocated'],
    ['allocated', 'disbursed', 'disbursed'],
    ['disbursed', 'received', 'received - received_directly'],
    ['planned', 'received', 'received_directly'],
    ['received', 'paid', 'paid'],
    ['received', 'recovered', 'recovered'],
    ['received', 'returned', 'returned'],
    ['work', 'completedInvestment', 'completed_investment'],
  ),
  ['held_at', 'year', '0', 'carried_forward'],
  ['held_at', 'carried_to', 'carried_forward', '0'],
  ['held_at', 'year', '0', 'reallocated_out'],
  [`'reallocated'`, 'year', 'reallocated_out', '0'],
  [`'reallocated'`, 'year', '0', 'reallocated_in'],
  ['held_at', 'year', 'reallocated_in', '0'],
];

function steps(...each: readonly (readonly [from: Account, to: Account, amount: string])[]): Leg[] {
  return each.flatMap(([from, to, amount]): Leg[] => [
    [`'${from}'`, 'year', '0', amount],
    [`'${to}'`, 'year', amount, '0'],
  ]);
}

/**
 * What came into each account of a project, source, level and year and what left it, as known at $1 and effective on
 * $2, of the project $3 or all: a row for each way of moving. '' and 0 are no source, level or year.
 *
 * @param accounts only these. Default: all
 */
export function accountLegs(accounts?: readonly Account[]): string {
  const wanted = new Set(accounts?.map((account) => `'${account}'`));
  const legs = accounts ? LEGS.filter(([account]) => account === 'held_at' || wanted.has(account)) : LEGS;
  const among = accounts ? `and leg.account in (${[...wanted].join(', ')})` : '';
  return `
    select project_id, source, level, leg.year, leg.account, leg.entered, leg.leaving
    from (
      select project_id, source, level, year, carried_to, held_at,
        ${SPAN_AMOUNTS.map((amount) => `runtime.sum_fen(${amount}) as ${amount}`).join(', ')}
      from ${SUMS_AS_OF} sums
      group by project_id, source, level, year, carried_to, held_at
    ) added, lateral (values ${legs.map((leg) => `(${leg.join(', ')})`).join(', ')})
      leg (account, year, entered, leaving)
    where (entered <> 0 or leaving <> 0) ${among}`;
}
