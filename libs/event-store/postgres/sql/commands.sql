-- What was done under each command id, and where the last event of it stands.
create table event_store.commands (
  id text collate "C" primary key,
  digest text collate "C" not null,
  position bigint not null
);
