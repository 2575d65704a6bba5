-- Remembers commands as done. Lists as in `known`, one item a command.
create function event_store.store_commands(ids text, digests text, streams text, revisions text, positions text)
returns void language sql as $$
  insert into event_store.commands (id, digest, stream, revision, position)
  select id, digest, stream, revision::integer, position::bigint
  from unnest(
    string_to_array(ids, e'\x1e'),
    string_to_array(digests, e'\x1e'),
    string_to_array(streams, e'\x1e'),
    string_to_array(revisions, e'\x1e'),
    string_to_array(positions, e'\x1e')
  ) as command (id, digest, stream, revision, position)
$$;
