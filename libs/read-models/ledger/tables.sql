-- The journal. Each line is one transfer: what leaves one account enters another, so all accounts sum to zero.
create table ledger_transfer (
  position text collate "C" not null,
  line smallint not null,
  event_id uuid not null,
  event_type text not null,
  project_id uuid not null,
  source text,
  level text,
  stage text not null,
  from_account text not null,
  from_year smallint,
  to_account text not null,
  to_year smallint,
  amount_fen bigint not null check (amount_fen <> 0),
  document_number text,
  effective text not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  reverses uuid,
  reallocation_id uuid
);
-- Lines come in this order, and so are added at its end: kept with each batch, since sums are derived along it.
create unique index ledger_transfer_order on ledger_transfer (position, line);
-- Of few lines, for which a rebuild would read all of them again. What stands is what no line takes back: asked of every
-- line that a trace follows; and from one half of a reallocation to the other.
create index ledger_transfer_reverses on ledger_transfer (reverses) where reverses is not null;
create index ledger_transfer_reallocation on ledger_transfer (reallocation_id) where reallocation_id is not null;

-- What events said of projects; field '' marks a reversal.
create table ledger_attribute (
  project_id uuid not null,
  field text not null,
  value text,
  position text collate "C" not null,
  event_id uuid not null,
  event_type text not null,
  effective text not null,
  effective_from date not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  reverses uuid,
  primary key (project_id, field, position)
);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger ledger_transfer_append_only before update or delete or truncate on ledger_transfer
  for each statement execute function ledger_is_append_only();
create trigger ledger_attribute_append_only before update or delete or truncate on ledger_attribute
  for each statement execute function ledger_is_append_only();

-- Derived from the two above in the same transaction, for questions about now. '' is no source or level, 0 no year.
create table ledger_balance (
  project_id uuid not null,
  source text not null,
  level text not null,
  year smallint not null,
  planned bigint not null,
  applied bigint not null,
  allocated bigint not null,
  disbursed bigint not null,
  received bigint not null,
  paid bigint not null,
  carried_forward bigint not null,
  carried_in bigint not null,
  recovered bigint not null,
  completed_investment bigint not null,
  reallocated_out bigint not null,
  reallocated_in bigint not null,
  returned bigint not null,
  -- Journal lines of this year, and lines that carried money in from another.
  lines integer not null,
  lines_in integer not null,
  primary key (project_id, source, level, year)
) with (fillfactor = 70);

-- The journal summed up by the months of both times, and by their years: a question about a day takes years up to the turn
-- that is nearest, months between that and the nearest turn of a month, and lines between that and the day.
create table ledger_month (
  project_id uuid not null,
  source text not null,
  level text not null,
  year smallint not null,
  -- The year that money was carried to, else 0; the account it stood at when carried or reallocated, else ''.
  carried_to smallint not null,
  held_at text not null,
  -- First days: of the month in which lines were recorded, in UTC, and of the one that their last possible day is in.
  recorded_month date not null,
  effective_month date not null,
  planned bigint not null,
  applied bigint not null,
  allocated bigint not null,
  disbursed bigint not null,
  received bigint not null,
  paid bigint not null,
  carried_forward bigint not null,
  recovered bigint not null,
  completed_investment bigint not null,
  reallocated_out bigint not null,
  reallocated_in bigint not null,
  returned bigint not null,
  received_directly bigint not null,
  lines integer not null,
  -- A sum is that of its parts: 0 is what batches add to, the others are what a rebuild summed up at a time.
  part smallint not null,
  primary key (project_id, recorded_month, effective_month, year, carried_to, source, level, held_at, part)
) with (fillfactor = 90);

create table ledger_year (like ledger_month) with (fillfactor = 90);
alter table ledger_year rename recorded_month to recorded_year;
alter table ledger_year rename effective_month to effective_year;
alter table ledger_year
  add primary key (project_id, recorded_year, effective_year, year, carried_to, source, level, held_at, part);

create table ledger_project (
  project_id uuid primary key,
  entered text collate "C" not null,
  name text not null,
  category text not null,
  regions text[] not null,
  planned_use_year smallint,
  total_fen bigint
);

-- What no question is asked by, the planner need not know: to sample it took half of the time that ANALYZE takes.
alter table ledger_transfer alter position set statistics 0, alter line set statistics 0,
  alter event_id set statistics 0, alter event_type set statistics 0, alter amount_fen set statistics 0,
  alter document_number set statistics 0, alter effective set statistics 0;
alter table ledger_attribute alter value set statistics 0, alter event_id set statistics 0,
  alter event_type set statistics 0, alter effective set statistics 0, alter effective_from set statistics 0;
alter table ledger_balance alter planned set statistics 0, alter applied set statistics 0,
  alter allocated set statistics 0, alter disbursed set statistics 0, alter received set statistics 0,
  alter paid set statistics 0, alter carried_forward set statistics 0, alter carried_in set statistics 0,
  alter recovered set statistics 0, alter completed_investment set statistics 0,
  alter reallocated_out set statistics 0, alter reallocated_in set statistics 0, alter returned set statistics 0,
  alter lines set statistics 0, alter lines_in set statistics 0;
do $$ declare kept record; begin
  for kept in
    select attrelid::regclass as sums, attname as name from pg_attribute
    where attrelid in ('ledger_month'::regclass, 'ledger_year'::regclass) and attnum > 0
      and attname <> 'project_id' and attname !~ '^(recorded|effective)_'
  loop
    execute format('alter table %s alter %I set statistics 0', kept.sums, kept.name);
  end loop;
end $$;
