create table fund_plan (
  plan_id uuid primary key,
  position text collate "C" not null unique,
  event_id uuid not null,
  document_number text not null,
  title text,
  authority text not null,
  region text not null,
  source text not null,
  level text,
  budget_year smallint not null,
  total_fen bigint not null,
  effective text not null,
  effective_to date not null,
  recorded_at timestamptz not null
);

create table fund_plan_line (
  plan_id uuid not null,
  place smallint not null,
  project_id uuid not null,
  amount_fen bigint not null,
  primary key (plan_id, project_id)
);

-- What adjustments and reallocations added to the total (no project) or to a project's line, or took from it.
create table fund_plan_change (
  position text collate "C" not null,
  event_id uuid not null,
  plan_id uuid not null,
  project_id uuid,
  amount_fen bigint not null check (amount_fen <> 0),
  effective text not null,
  effective_to date not null,
  recorded_at timestamptz not null
);
create index fund_plan_change_plan on fund_plan_change (plan_id);

-- What allocations hold of a document: positive where drawn, negative where released. Only ever added to.
create table fund_plan_draw (
  position text collate "C" not null,
  event_id uuid not null,
  plan_id uuid not null,
  -- Or the id of the reallocation that moved drawn money from one project to another.
  allocation_id uuid not null,
  project_id uuid not null,
  amount_fen bigint not null,
  effective text not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  moved boolean not null,
  primary key (position, project_id)
);
create index fund_plan_draw_plan on fund_plan_draw (plan_id);
create index fund_plan_draw_allocation on fund_plan_draw (allocation_id);
