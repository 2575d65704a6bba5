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
