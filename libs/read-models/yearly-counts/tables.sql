-- Beds and places kept like money: one line for each kind that an event adds or takes away, never changed.
create table capacity_movement (
  position text collate "C" not null,
  kind text not null,
  event_id uuid not null,
  event_type text not null,
  project_id uuid not null,
  -- commissioned | changed | decommissioned
  figure text not null,
  delta integer not null check (delta <> 0),
  -- 口径 of beds, where the commissioning says it.
  bed_scope text,
  -- Year in which it happened; of a reversal, the year of what it takes back.
  year smallint not null,
  effective text not null,
  effective_from date not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  reverses uuid,
  primary key (position, kind)
);

-- What events said of projects; field '' marks a reversal.
create table capacity_attribute (
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

create function capacity_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the capacity ledger is append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger capacity_movement_append_only before update or delete or truncate on capacity_movement
  for each statement execute function capacity_is_append_only();
create trigger capacity_attribute_append_only before update or delete or truncate on capacity_attribute
  for each statement execute function capacity_is_append_only();

-- Derived from capacity_attribute in the same transaction, for questions about now: the columns that one as of a day has.
create table capacity_project (
  project_id uuid primary key,
  entered text collate "C" not null,
  name text,
  category text,
  regions text[],
  planned_start_year smallint,
  planned_use_year smallint,
  planned_capacity jsonb,
  bed_scope text,
  withdrawn text
);
