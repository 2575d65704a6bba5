import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS, MONTH_AMOUNTS, STAGE_AMOUNTS } from './sums.js';

/** The sums of journal lines of each stage, into its column. */
export const sumsOfStages = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([stage, column]) => `runtime.sum_fen(amount_fen) filter (where stage = '${stage}') as ${column}`)
    .join(', ');

/** Sums of journal lines, with the same columns as `ledger_month` but for the months. '' and 0 are none. */
export const LINE_KEY = `
  project_id, coalesce(source, '') as source, coalesce(level, '') as level, coalesce(from_year, 0) as year,
  case when stage = 'carriedForward' then to_year else 0 end as carried_to,
  case when stage in ('carriedForward', 'reallocatedOut') then from_account when stage = 'reallocatedIn' then to_account
    else '' end as held_at`;
export const LINE_SUMS = `
  ${sumsOfStages(AMOUNT_OF_STAGE)},
  runtime.sum_fen(amount_fen) filter (where stage = 'received' and from_account = 'planned') as received_directly,
  count(*)::integer as lines`;

/**
 * Balances out of sums with the columns of `ledger_month`: what was carried forward counts in the year it left, and
 * beside it in the year it came to.
 *
 * @param sums a table or a subselect
 */
export function balancesFrom(sums: string): string {
  const nothing = STAGE_AMOUNTS.map(() => '0').join(', ');
  return `
    select project_id, source, level, year,
      ${BALANCE_AMOUNTS.map((amount) => `runtime.sum_fen(${amount}) as ${amount}`).join(', ')},
      sum(lines)::integer as lines, sum(lines_in)::integer as lines_in
    from (
      with added as materialized (
        select project_id, source, level, year, carried_to,
          ${STAGE_AMOUNTS.map((amount) => `runtime.sum_fen(${amount}) as ${amount}`).join(', ')}, sum(lines) as lines
        from ${sums} sums
        group by project_id, source, level, year, carried_to)
      select project_id, source, level, year, ${STAGE_AMOUNTS.join(', ')}, 0 as carried_in, lines, 0 as lines_in
      from added
      union all
      select project_id, source, level, carried_to, ${nothing}, carried_forward, 0, lines
      from added where carried_to <> 0
    ) leg
    group by project_id, source, level, year`;
}

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
 * Sums of what was known at $1 and effective on $2, of the project $3 or all. A month that lies wholly before both
 * times is taken as it was summed up, and lines are read only of the months in part: every line is in exactly one of them.
 */
export const SUMS_AS_OF = `(
  select project_id, source, level, year, carried_to, held_at, ${MONTH_AMOUNTS.join(', ')}, lines
  from read.ledger_month where ${WHOLE} and ${PROJECT}
  union all
  select ${LINE_KEY}, ${LINE_SUMS} from (${LINES_IN_PART}) line
  group by 1, 2, 3, 4, 5, 6)`;

/**
 * What to take from the balances of now, so that they are those of $1 and $2: the months that are not whole by then,
 * but for their lines that count. Of a day not long ago these are few, where the months before it are all the others.
 */
export const SUMS_SINCE = `(
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.join(', ')}, lines
  from read.ledger_month where not (${WHOLE}) and ${PROJECT}
  union all
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.map((amount) => `-${amount}`).join(', ')}, -lines
  from (select ${LINE_KEY}, ${LINE_SUMS} from (${LINES_IN_PART}) line group by 1, 2, 3, 4, 5, 6) counting)`;

/** Of a row of `unknown`: the project had money by $1 and $2. */
export const HAD_MONEY = `(
  exists (select from read.ledger_month month where month.project_id = unknown.project_id and ${WHOLE})
  or unknown.project_id in (select project_id from (${LINES_IN_PART}) line))`;
