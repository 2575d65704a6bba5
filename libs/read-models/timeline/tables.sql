create table timeline_event (
  event_id uuid primary key,
  project_id uuid not null,
  revision integer not null,
  position text collate "C" not null,
  event_type text not null,
  effective text not null,
  effective_from date not null,
  effective_to date not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  evidence jsonb not null,
  data jsonb not null,
  command_id text not null,
  correlation_id text not null,
  causation_id text not null,
  -- The reversal that took the event back.
  reversed_by uuid
);
