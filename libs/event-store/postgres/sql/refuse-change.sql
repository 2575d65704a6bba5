-- What is recorded stays. For each statement, so that one which hits no row is refused too.
create function event_store.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'event_store.% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on event_store.events
  for each statement execute function event_store.refuse_change();

create trigger append_only before update or delete or truncate on event_store.commands
  for each statement execute function event_store.refuse_change();
