import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS } from './sums.js';

/** What `ledger_month` and the journal's lines have in common, but for the dates. */
const MOVED = `project_id, source, level, stage, from_account, from_year, to_account, to_year`;

const ofStage = ([stage, column]: readonly [string, string]) =>
  `coalesce(runtime.sum_fen(amount_fen) filter (where stage = '${stage}'), 0) as ${column}`;
/** A column for each stage, of rows that have `stage` and `amount_fen`. */
export const SUMS_BY_STAGE = Object.entries(AMOUNT_OF_STAGE).map(ofStage).join(', ');

/** The year that money was carried to, 0 where it was not carried. */
export const CARRIED_TO = `case when stage = 'carriedForward' then to_year else 0 end as carried_to`;

/**
 * Balances out of moved money: what was carried forward counts in the year it left, and beside it in the year it came
 * to. '' and 0 are no source, level or year.
 *
 * @param moved with the columns of `ledger_month` but for the months
 */
function balancesOf(moved: string): string {
  const leg = (year: string, stage: string, counts: string) => `
      select project_id, coalesce(source, '') as source, coalesce(level, '') as level, coalesce(${year}, 0) as year,
        ${stage} as stage, amount_fen, ${counts}
      from ${moved}`;
  return `
    select project_id, source, level, year, ${SUMS_BY_STAGE},
      coalesce(runtime.sum_fen(amount_fen) filter (where stage = 'carriedIn'), 0) as carried_in,
      sum(lines)::integer as lines, sum(lines_in)::integer as lines_in
    from (
      ${leg('from_year', 'stage', 'lines, 0 as lines_in')}
      union all
      ${leg('to_year', `'carriedIn'`, '0, lines')} where stage = 'carriedForward'
    ) leg
    group by project_id, source, level, year`;
}

/** Rows into an emptied table of sums, its key afterwards: twice as fast as keeping the key with each row. */
const filled = (table: string, key: string, rows: string) => `
  truncate ${table}; alter table ${table} drop constraint ${table}_key;
  insert into ${table} ${rows};
  alter table ${table} add constraint ${table}_key ${key};`;

/** What `LedgerSums` would have written, from all of the journal at once. */
export const DERIVE_MONTHS = filled(
  'ledger_month',
  `unique nulls not distinct (project_id, recorded_month, effective_month, from_year, to_year, stage, source, level,
    from_account, to_account)`,
  `(${MOVED}, recorded_month, effective_month, amount_fen, lines)
    select ${MOVED}, date_trunc('month', recorded_at at time zone 'UTC')::date,
      date_trunc('month', effective_to::timestamp)::date, runtime.sum_fen(amount_fen), count(*)
    from ledger_transfer group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
);
export const DERIVE_BALANCES = filled(
  'ledger_balance',
  'primary key (project_id, source, level, year)',
  `(project_id, source, level, year, ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in)
    ${balancesOf('(select *, 1 as lines from ledger_transfer) line')}`,
);

/** The months that a question needs in whole; what it needs of a month in part is asked of the journal. */
const KNOWN_MONTH = `date_trunc('month', $1::timestamptz, 'UTC')`;
const EFFECTIVE_MONTH = `date_trunc('month', ($2::date + 1)::timestamp)::date`;
const PROJECT = '($3::uuid is null or project_id = $3)';

/** Of a row of `ledger_month`: all of it was known at $1 and effective on $2. */
const WHOLE = `($1::timestamptz is null or recorded_month < (${KNOWN_MONTH} at time zone 'UTC')::date)
    and ($2::date is null or effective_month < ${EFFECTIVE_MONTH})`;

/**
 * Lines that count of the months that are taken in part, of the project $3 or all: those of the month of $1 (`recorded`)
 * and, among those recorded before it, of the month of $2 (`effective`). The day that ends a month leaves none to read.
 */
const LINES_IN_PART = `
  select * from read.ledger_transfer recorded
  where recorded_at >= ${KNOWN_MONTH} and recorded_at <= $1::timestamptz
    and ($2::date is null or effective_to <= $2) and ${PROJECT}
  union all
  select * from read.ledger_transfer effective
  where effective_to >= ${EFFECTIVE_MONTH} and effective_to <= $2::date
    and ($1::timestamptz is null or recorded_at < ${KNOWN_MONTH}) and ${PROJECT}`;

/**
 * What was moved as known at $1 and effective on $2, of the project $3 or all. A month that lies wholly before both
 * times is taken as it was summed up, and lines are read only of the months in part: every line is in exactly one of them.
 */
export const MOVED_AS_OF = `
  select ${MOVED}, amount_fen, lines from read.ledger_month where ${WHOLE} and ${PROJECT}
  union all
  select ${MOVED}, amount_fen, 1 from (${LINES_IN_PART}) line`;

/** Balances as known at $1 and effective on $2, of the project $3 or all. */
export const BALANCES_AS_OF = `
  with moved as materialized (
    select ${MOVED}, runtime.sum_fen(amount_fen) as amount_fen, sum(lines) as lines
    from (${MOVED_AS_OF}) moved group by ${MOVED})
  ${balancesOf('moved')}`;

/**
 * What to take from the balances of now, so that they are those of $1 and $2: the months that are not whole by then,
 * but for their lines that count. Of a day not long ago these are few, where the months before it are all the others.
 */
export const MOVED_SINCE = `
  select ${MOVED}, amount_fen, lines from read.ledger_month where not (${WHOLE}) and ${PROJECT}
  union all
  select ${MOVED}, -amount_fen, -1 from (${LINES_IN_PART}) counting`;

/** Of a row of `unknown`: the project had money by $1 and $2. */
export const HAD_MONEY = `(
  exists (select from read.ledger_month month where month.project_id = unknown.project_id and ${WHOLE})
  or unknown.project_id in (select project_id from (${LINES_IN_PART}) line))`;
