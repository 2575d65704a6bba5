-- What was recorded of plans: one line an event, never changed. A reversal is a line that names what it takes back.
create table plan_entry (
  position text collate "C" primary key,
  event_id uuid not null unique,
  event_type text not null,
  plan_id text not null,
  -- The division of the plan; `area` is set where the plan is for an area without a division code of its own.
  plan_region text not null,
  area text,
  -- The division that the entry is about; null for tasks and shares.
  region text,
  data jsonb not null,
  effective text not null,
  effective_from date not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  evidence jsonb not null,
  actor jsonb not null,
  reverses uuid
);
create index plan_entry_plan on plan_entry (plan_id, position);
create index plan_entry_region on plan_entry (region, event_type);
create index plan_entry_reverses on plan_entry (reverses) where reverses is not null;

create function plan_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'entries of plans are append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger plan_entry_append_only before update or delete or truncate on plan_entry
  for each statement execute function plan_entry_is_append_only();
