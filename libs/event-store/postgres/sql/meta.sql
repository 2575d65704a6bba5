-- One row: which store this is, and which version of the schema it has.
create table event_store.meta (
  only_row boolean primary key default true check (only_row),
  store_id uuid not null default gen_random_uuid(),
  schema_version integer not null,
  created_at timestamptz not null default now()
);

insert into event_store.meta (schema_version) values (1);
