-- A reporting that was opened, with what each unit owes.
create table statistics_period (
  region text not null,
  period text not null,
  position text collate "C" not null,
  event_id uuid not null,
  known_at timestamptz not null,
  deadline date not null,
  duties jsonb not null,
  primary key (region, period)
);

-- What was done about it since, in the words of the events; unit is null where it is about a figure.
create table statistics_step (
  position text collate "C" primary key,
  region text not null,
  period text not null,
  unit text,
  kind text not null,
  event_id uuid not null,
  known_at timestamptz not null,
  actor jsonb not null,
  data jsonb not null
);
create index statistics_step_period on statistics_step (region, period, position);

create function statistics_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'recorded statistics are append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger statistics_period_append_only before update or delete or truncate on statistics_period
  for each statement execute function statistics_are_append_only();
create trigger statistics_step_append_only before update or delete or truncate on statistics_step
  for each statement execute function statistics_are_append_only();
