-- Remembers commands as done. Lists as in `known`, one item a command.
create function event_store.store_commands(ids text, digests text, positions text)
returns void language sql as $$
  insert into event_store.commands (id, digest, position)
  select id, digest, position::bigint
  from unnest(
    string_to_array(ids, e'\x1e'),
    string_to_array(digests, e'\x1e'),
    string_to_array(positions, e'\x1e')
  ) as command (id, digest, position)
$$;
