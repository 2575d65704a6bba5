import type { Derivation } from '#libs/projection/projection.js';
import { LINE_KEY, lineSums, sumsOfStages } from './sums-sql.js';
import { AMOUNT_OF_STAGE, BALANCE_AMOUNTS, SPAN_AMOUNTS, type Span } from './sums.js';

const keyOf = (span: Span) =>
  `project_id, recorded_${span}, effective_${span}, year, carried_to, source, level, held_at`;

/**
 * Sums up what the journal has got since the last time, as a part of its own: no row need be looked for. One block, since
 * a rebuild that is reading has little time to answer. Where summing up has come to stands in a table of its own as long
 * as a rebuild is at it; where there is none, it begins anew.
 */
const sumUpLines = (span: Span) => `
  do $$ declare
    after text collate "C";
    up_to text collate "C";
  begin
    if to_regclass('ledger_summed_by_${span}') is null then
      create table ledger_summed_by_${span} (position text collate "C" not null, part smallint not null);
      insert into ledger_summed_by_${span} values ('', 0);
      truncate ledger_${span};
      drop index if exists ledger_${span}_times;
      alter table ledger_${span} drop constraint ledger_${span}_pkey;
    end if;
    select position into after from ledger_summed_by_${span} for update;
    select max(position) into up_to from ledger_transfer;
    if up_to > after then
      update ledger_summed_by_${span} set position = up_to, part = part + 1;
      insert into ledger_${span}
        (project_id, source, level, year, carried_to, held_at, recorded_${span}, effective_${span},
          ${SPAN_AMOUNTS.join(', ')}, lines, part)
      select ${LINE_KEY}, date_trunc('${span}', recorded_at at time zone 'UTC')::date,
        date_trunc('${span}', effective_to::timestamp)::date, ${lineSums('count(*)')},
        (select part from ledger_summed_by_${span})
      from ledger_transfer where position > after and position <= up_to
      group by 1, 2, 3, 4, 5, 6, 7, 8;
    end if;
  end $$`;

/** Rows come about in the order of recording, as lines do, so questions find theirs by ranges of blocks. */
const finish = (span: Span) => `
  alter table ledger_${span} add constraint ledger_${span}_pkey primary key (${keyOf(span)}, part);
  create index ledger_${span}_times on ledger_${span} using brin (recorded_${span}, effective_${span})
    with (pages_per_range = 32, autosummarize = on);
  drop table ledger_summed_by_${span}`;

/** Sums by months or years: along a rebuild in parts, the rest and the keys, which take half as long afterwards, at its end. */
export const deriveSums = (span: Span): Derivation => ({
  fills: [`ledger_${span}`, `ledger_summed_by_${span}`],
  along: (client) => client.query(sumUpLines(span)),
  derive: (client) => client.query(`${sumUpLines(span)};${finish(span)}`),
});

/** What is the same of sums whatever parts they were summed up in. */
export const inWhole = (span: Span) => (sums: string) => `
  select ${keyOf(span)}, ${[...SPAN_AMOUNTS, 'lines'].map((sum) => `sum(${sum}) as ${sum}`).join(', ')}
  from ${sums} group by ${keyOf(span)}`;

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
