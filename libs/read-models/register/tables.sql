-- What the register is folded from: the events that it has a meaning for, without those taken back.
create table register_fact (
  event_id uuid primary key,
  project_id uuid not null,
  revision integer not null,
  event_type text not null,
  effective text not null,
  data jsonb not null
);
create index register_fact_project on register_fact (project_id, revision);

create table register_project (
  project_id uuid primary key,
  entered text collate "C" not null,
  revision integer not null,
  name text not null,
  code text,
  category text not null,
  stage text not null,
  regions text[] not null,
  place text not null,
  scope text,
  implementing_units text[] not null,
  construction_nature text,
  planned_start text,
  planned_use text,
  planned_use_year smallint,
  total_fen bigint,
  self_raised_fen bigint,
  sourced_fen bigint,
  planned_sources text[] not null,
  listed_years smallint[] not null,
  ready boolean not null,
  -- Lower case, half-width, without spaces: what a search looks in.
  search text not null,
  details jsonb not null
);
