-- Sealed snapshots of annual evaluations; the one without a successor stands.
create table evaluation (
  evaluation_id uuid primary key,
  position text collate "C" not null unique,
  event_id uuid not null,
  region text not null,
  year smallint not null,
  digest text not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  -- The event as it is stored.
  sealed jsonb not null,
  superseded_by text,
  superseded_why text
);

-- Circulars as they were issued; the last of a region and period stands.
create table circular (
  circular_id uuid primary key,
  position text collate "C" not null unique,
  region text not null,
  period text not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  issued jsonb not null
);

-- Points that an evaluator gave to an item of the capability sheet, every time; the last of an item stands.
create table evaluation_score (
  position text collate "C" not null,
  item text not null,
  region text not null,
  year smallint not null,
  event_id uuid not null,
  recorded_at timestamptz not null,
  effective_to date not null,
  actor jsonb not null,
  -- Points, evidence and comment in the words of the event.
  score jsonb not null,
  primary key (position, item)
);
create index evaluation_score_of on evaluation_score (region, year);
