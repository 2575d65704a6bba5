-- Stores events behind `head`, which the caller has locked. Lists as in `known`, one item an event.
create function event_store.store_events(
  head bigint, streams text, revisions text, ids text, types text, data text, metadata text
) returns void language sql as $$
  insert into event_store.events (position, stream, revision, id, type, data, metadata)
  select head + n, stream, revision::integer, id::uuid, type, data::json, metadata::json
  from unnest(
    string_to_array(streams, e'\x1e'),
    string_to_array(revisions, e'\x1e'),
    string_to_array(ids, e'\x1e'),
    string_to_array(types, e'\x1e'),
    string_to_array(data, e'\x1e'),
    string_to_array(metadata, e'\x1e')
  ) with ordinality as event (stream, revision, id, type, data, metadata, n)
$$;
