import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS, STAGE_AMOUNTS } from './sums.js';

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
/** @param lines SQL for how many lines a row stands for */
export const lineSums = (lines: string): string => `
  ${sumsOfStages(AMOUNT_OF_STAGE)},
  runtime.sum_fen(amount_fen) filter (where stage = 'received' and from_account = 'planned') as received_directly,
  ${lines}::integer as lines`;

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
    group by project_id, source, level, year
    having sum(lines) <> 0 or sum(lines_in) <> 0`;
}
