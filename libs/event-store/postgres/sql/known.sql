-- What the store knows of the commands, events and streams that some requests name. Lists are texts with U+001E
-- between the items, which needs no escaping: neither names nor JSON have control characters.
create function event_store.known(command_ids text, event_ids text, streams text)
returns table (kind text, key text, digest text, stream text, revision integer, "position" bigint)
language sql stable as $$
  select 'command', command.id, digest, stream, revision, position
  from event_store.commands as command
  join event_store.events using (position)
  where command.id = any (string_to_array(command_ids, e'\x1e'))

  union all
  select 'event', id::text, null, stream, revision, position
  from event_store.events
  where id = any (string_to_array(event_ids, e'\x1e')::uuid[])

  union all
  select 'stream', wanted, null, wanted, last.revision, last.position
  from string_to_table(streams, e'\x1e') as wanted
  cross join lateral (
    select revision, position from event_store.events
    where stream = wanted
    order by revision desc
    limit 1
  ) as last
$$;
