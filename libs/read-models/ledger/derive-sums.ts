import type { PoolClient } from 'pg';
import { LINE_KEY, LINE_SUMS, sumsOfStages } from './sums-sql.js';
import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS, MONTH_AMOUNTS } from './sums.js';

const MONTH_KEY = 'project_id, recorded_month, effective_month, year, carried_to, source, level, held_at';

/** Where summing up has come to. The table stands as long as a rebuild is at it; where there is none, it begins anew. */
const BEGIN = `
  do $$ begin
    if to_regclass('ledger_summed') is null then
      create table ledger_summed (position text collate "C" not null, part smallint not null);
      insert into ledger_summed values ('', 0);
      truncate ledger_month;
      alter table ledger_month drop constraint ledger_month_pkey;
    end if;
  end $$`;
const HAVING_COME_TO = `
  select position as after, (select max(position) from ledger_transfer) as "upTo" from ledger_summed for update`;
const MOVE_ON = 'update ledger_summed set position = $1, part = part + 1';
const SUM_UP = `
  insert into ledger_month
    (project_id, source, level, year, carried_to, held_at, recorded_month, effective_month,
      ${MONTH_AMOUNTS.join(', ')}, lines, part)
  select ${LINE_KEY}, date_trunc('month', recorded_at at time zone 'UTC')::date,
    date_trunc('month', effective_to::timestamp)::date, ${LINE_SUMS}, (select part from ledger_summed)
  from ledger_transfer where position > $1 and position <= $2
  group by 1, 2, 3, 4, 5, 6, 7, 8`;
const FINISH = `
  alter table ledger_month add constraint ledger_month_pkey primary key (${MONTH_KEY}, part);
  drop table ledger_summed`;

/** Sums up by months what the journal has got since the last time, as a part of its own: no row need be looked for. */
export async function sumUpMonths(client: PoolClient): Promise<void> {
  await client.query(BEGIN);
  const { rows } = await client.query<{ after: string; upTo: string | null }>(HAVING_COME_TO);
  const { after, upTo } = rows[0]!;
  if (upTo === null || upTo === after) return;
  await client.query(MOVE_ON, [upTo]);
  await client.query(SUM_UP, [after, upTo]);
}

/** The rest of it, and the key: it takes half as long afterwards as with each row. */
export async function deriveMonths(client: PoolClient): Promise<void> {
  await sumUpMonths(client);
  await client.query(FINISH);
}

/** What is the same of months whatever parts they were summed up in. */
export const wholeMonths = (months: string) => `
  select ${MONTH_KEY}, ${[...MONTH_AMOUNTS, 'lines'].map((sum) => `sum(${sum}) as ${sum}`).join(', ')}
  from ${months} group by ${MONTH_KEY}`;

const BALANCE_KEY = 'project_id, source, level, year';

/** What `LedgerSums` would have written of balances, from all of the journal at once; `in` is what came out of another year. */
export const DERIVE_BALANCES = `
  truncate ledger_balance; alter table ledger_balance drop constraint ledger_balance_pkey;
  insert into ledger_balance (${BALANCE_KEY}, ${BALANCE_AMOUNTS.join(', ')}, lines, lines_in)
  select project_id, coalesce(source, ''), coalesce(level, ''), coalesce(year, 0),
    ${sumsOfStages({ ...AMOUNT_OF_STAGE, in: 'carried_in' })},
    count(*) filter (where stage <> 'in'), count(*) filter (where stage = 'in')
  from (
    select project_id, source, level, from_year as year, stage, amount_fen from ledger_transfer
    union all
    select project_id, source, level, to_year, 'in', amount_fen from ledger_transfer where stage = 'carriedForward'
  ) line
  group by 1, 2, 3, 4;
  alter table ledger_balance add constraint ledger_balance_pkey primary key (${BALANCE_KEY})`;
