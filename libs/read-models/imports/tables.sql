create table import_run (
  run_id uuid primary key,
  import_id uuid not null,
  position text collate "C" not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  rows integer not null,
  summary jsonb not null
);

create index import_run_of on import_run (import_id, position);

-- Rows stay in the parts they were reported in: they are only ever read together.
create table import_part (
  run_id uuid not null,
  from_row integer not null,
  rows jsonb not null,
  primary key (run_id, from_row)
);
