-- The chain: one row an event, in the order of the store. sequence counts from 1 without gaps.
create table chain_link (
  sequence bigint primary key,
  position text collate "C" not null,
  event_id uuid not null,
  event_digest bytea not null,
  hash bytea not null,
  -- When the event says that it was recorded; null where it does not say.
  recorded_at timestamptz
);

-- Signed statements of where the chain stood. The row is the anchor as it was recorded and exported.
create table chain_anchor (
  -- Of the event that recorded it.
  position text collate "C" primary key,
  event_id uuid not null,
  sequence bigint not null,
  actor jsonb not null,
  anchor json not null
);

create function chain_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit chain is append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger chain_link_append_only before update or delete or truncate on chain_link
  for each statement execute function chain_is_append_only();
create trigger chain_anchor_append_only before update or delete or truncate on chain_anchor
  for each statement execute function chain_is_append_only();
