import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS, MONTH_AMOUNTS, STAGE_AMOUNTS, type Span } from './sums.js';

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

/** The two times asked for; one that is not given is no bound. */
const KNOWN = `coalesce($1::timestamptz, 'infinity')`;
const EFFECTIVE = `coalesce($2::date, 'infinity')`;
const PROJECT = '($3::uuid is null or project_id = $3)';

/** When the month or year begins that the times cut: what lies before is taken in whole. A last day cuts none. */
const knownCut = (span: Span) => `date_trunc('${span}', ${KNOWN}, 'UTC')`;
const knownFrom = (span: Span) => `(${knownCut(span)} at time zone 'UTC')::date`;
const effectiveFrom = (span: Span) => `date_trunc('${span}', (${EFFECTIVE} + 1)::timestamp)::date`;

/** Of a row of `ledger_year` or `ledger_month`: all of it was known at $1 and effective on $2. */
const whole = (span: Span) =>
  `(recorded_${span} < ${knownFrom(span)} and effective_${span} < ${effectiveFrom(span)})`;

const OF_YEAR_IN_PART = `(recorded_month >= ${knownFrom('year')} or effective_month >= ${effectiveFrom('year')})`;

/**
 * Lines that count of the months that are taken in part: those of the month of $1 and of that of $2, by an index of each
 * time. What both must hold is only checked of them (\`is true\`): by an index it would find a half of the journal.
 */
const LINES_IN_PART = `
  select * from read.ledger_transfer
  where (recorded_at >= ${knownCut('month')} and recorded_at <= ${KNOWN}
      or effective_to >= ${effectiveFrom('month')} and effective_to <= ${EFFECTIVE})
    and (recorded_at <= ${KNOWN} and effective_to <= ${EFFECTIVE}) is true and ${PROJECT}`;

const SUM_COLUMNS = `project_id, source, level, year, carried_to, held_at, ${MONTH_AMOUNTS.join(', ')}, lines`;

/** What counts of the years that are taken in part. */
const SUMS_IN_PART = `
  select ${SUM_COLUMNS} from read.ledger_month where ${whole('month')} and ${OF_YEAR_IN_PART} and ${PROJECT}
  union all
  select ${LINE_KEY}, ${LINE_SUMS} from (${LINES_IN_PART}) line group by 1, 2, 3, 4, 5, 6`;

/**
 * Sums of what was known at $1 and effective on $2, of the project $3 or all. A year that lies wholly before both
 * times is taken as it was summed up, of one in part the months that do, and of a month in part its lines: every line of
 * the journal is in exactly one of them.
 */
export const SUMS_AS_OF = `(
  select ${SUM_COLUMNS} from read.ledger_year where ${whole('year')} and ${PROJECT}
  union all ${SUMS_IN_PART})`;

/**
 * What to take from the balances of now, so that they are those of $1 and $2: the years that are not whole by then,
 * but for what counts of them. Of a day not long ago this is little, where what came before it is nearly all.
 */
export const SUMS_SINCE = `(
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.join(', ')}, lines
  from read.ledger_year where not ${whole('year')} and ${PROJECT}
  union all
  select project_id, source, year, carried_to, ${STAGE_AMOUNTS.map((amount) => `-${amount}`).join(', ')}, -lines
  from (${SUMS_IN_PART}) counting)`;

/** Of a row of `unknown`: the project had money by $1 and $2. */
export const HAD_MONEY = `(
  exists (select from read.ledger_month month where month.project_id = unknown.project_id and ${whole('month')})
  or unknown.project_id in (select project_id from (${LINES_IN_PART}) line))`;
