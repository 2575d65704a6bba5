-- `json`, not `jsonb`: what was written is what is read, to the byte, and it is read without being spelled anew.
create table event_store.events (
  position bigint primary key,
  stream text collate "C" not null,
  revision integer not null,
  id uuid not null unique,
  type text collate "C" not null,
  data json not null,
  metadata json not null,
  stored_at timestamptz not null default now(),
  unique (stream, revision)
);
