-- Ends a group: moves the head and wakes the feeds when the transaction commits.
create function event_store.move_head(new_position bigint) returns void language sql as $$
  update event_store.head set position = new_position;
  select pg_notify('event_store', '');
$$;
