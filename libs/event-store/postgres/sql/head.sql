-- One row: the position of the last event. A writer locks it until it commits, so positions are given out in the
-- order of the commits and without gaps: whoever reads position n can never miss one below it.
create table event_store.head (
  only_row boolean primary key default true check (only_row),
  position bigint not null
) with (fillfactor = 10);

insert into event_store.head (position) values (0);
