import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projection runner's own records, and the schema in which readers find the read models. */
export class Runtime1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema read;
      comment on schema read is 'The read models: views of the generation in force';

      create table runtime.projection_checkpoint (
        projection  text    not null,
        generation  integer not null check (generation > 0),
        version     integer not null,
        state       text    not null check (state in ('live', 'building', 'previous')),
        store_id    text    not null,
        position    text,
        epoch       bigint  not null default 0,
        delivered   bigint  not null default 0,
        applied     bigint  not null default 0,
        indexed     boolean not null default false,
        updated_at  timestamptz not null default clock_timestamp(),
        halted_at   timestamptz,
        halt_event  jsonb,
        halt_error  text,
        primary key (projection, generation),
        check ((halted_at is null) = (halt_error is null))
      );
      comment on column runtime.projection_checkpoint.position  is 'last event seen; null before the first';
      comment on column runtime.projection_checkpoint.epoch     is 'fencing token: only the latest holder of the lease may write';
      comment on column runtime.projection_checkpoint.delivered is 'events of its streams up to the position, parked ones included';
      comment on column runtime.projection_checkpoint.applied   is 'those of them that the projection counted';
      create unique index one_live_generation     on runtime.projection_checkpoint (projection) where state = 'live';
      create unique index one_building_generation on runtime.projection_checkpoint (projection) where state = 'building';

      create table runtime.projection_lease (
        projection    text    not null,
        generation    integer not null,
        owner         text    not null,
        epoch         bigint  not null,
        expires_at    timestamptz not null,
        backend_pid   integer,
        backend_start timestamptz,
        primary key (projection, generation),
        foreign key (projection, generation) references runtime.projection_checkpoint on delete cascade
      );

      comment on column runtime.projection_lease.backend_pid is 'connection of the holder: when it is gone, so is the holder';

      create function runtime.backend_alive(pid integer, start timestamptz) returns boolean language sql volatile
      begin atomic
        select pid is null or exists (
          select from pg_stat_activity as a
          where a.pid = backend_alive.pid and coalesce(a.backend_start = backend_alive.start, true));
      end;
      comment on function runtime.backend_alive is 'whether that connection still stands; true where nobody can tell';

      create function runtime.lease_held(projection text, generation integer) returns boolean language sql volatile
      begin atomic
        select exists (
          select from runtime.projection_lease as lease
          where lease.projection = lease_held.projection and lease.generation = lease_held.generation
            and lease.expires_at >= clock_timestamp()
            and runtime.backend_alive(lease.backend_pid, lease.backend_start));
      end;

      create table runtime.parked_event (
        projection text    not null,
        generation integer not null,
        position   text    not null,
        stream     text    not null,
        revision   integer not null,
        event_id   uuid    not null,
        event_type text    not null,
        error      text,
        parked_at  timestamptz not null default clock_timestamp(),
        primary key (projection, generation, position),
        foreign key (projection, generation) references runtime.projection_checkpoint on delete cascade
      );
      comment on column runtime.parked_event.error is 'null: parked only because it follows a parked event of its stream';
      create index parked_stream on runtime.parked_event (projection, generation, stream);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function runtime.lease_held(text, integer);
      drop function runtime.backend_alive(integer, timestamptz);
      drop table runtime.parked_event, runtime.projection_lease, runtime.projection_checkpoint;
      drop schema read;
    `);
  }
}
