-- What the register is folded from: the events that it has a meaning for.
create table register_fact (
  event_id uuid primary key,
  project_id uuid not null,
  revision integer not null,
  position text collate "C" not null,
  event_type text not null,
  effective text not null,
  -- Last day that the business date can mean.
  effective_to date not null,
  recorded_at timestamptz not null,
  data jsonb not null,
  -- When the reversal that took it back was recorded, and the day it counts from; null while it stands.
  reversed_at timestamptz,
  reversed_to date
);
create index register_fact_project on register_fact (project_id, revision);

create table register_project (
  project_id uuid primary key,
  -- Position of the event that entered it: the order of the register.
  entered text collate "C" not null,
  category text not null,
  stage text not null,
  regions text[] not null,
  planned_use_year smallint,
  name text not null,
  place text not null,
  code text,
  -- As printed: 2025, 2025-05 or 2025-05-17.
  planned_use text,
  -- Null where unknown; planned_fen and self_raised_fen while there is no funding plan.
  total_fen bigint,
  planned_fen bigint,
  self_raised_fen bigint,
  planned_sources text[] not null,
  listed_years smallint[] not null,
  -- Whether all four readiness conditions are met.
  ready boolean not null,
  -- What a search looks in: half-width, lower case, without spaces.
  search text not null,
  -- Everything that is shown, as RegisteredProject in registered-project.ts.
  shown jsonb not null
);
-- From the start: a rebuild derives this table while the indexes that come later are made, which would wait for it.
create unique index register_project_order on register_project (entered);

-- The same of every state that a project was ever in, by both times: see Version in versions.ts.
create table register_version (
  project_id uuid not null,
  recorded_from timestamptz not null,
  recorded_until timestamptz not null,
  effective_from date not null,
  recorded_next timestamptz not null,
  effective_next date not null,
  entered text collate "C" not null,
  category text not null,
  stage text not null,
  regions text[] not null,
  planned_use_year smallint,
  name text not null,
  place text not null,
  code text,
  planned_use text,
  total_fen bigint,
  planned_fen bigint,
  self_raised_fen bigint,
  planned_sources text[] not null,
  listed_years smallint[] not null,
  ready boolean not null,
  search text not null,
  primary key (project_id, recorded_from, effective_from)
);
