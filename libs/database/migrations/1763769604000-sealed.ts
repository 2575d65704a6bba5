import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sealed texts (snapshots, figures of circulars), each in compressed pieces under the digest of the whole; the database
 * refuses to change them. Beside them the drafts of circulars, which are nobody's fact until they are issued.
 */
export class Sealed1763769604000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema sealed;

      create table sealed.piece (
        -- Whoever writes knows the digest only at the end, so pieces go by a number of their own.
        writing uuid not null,
        no      integer not null,
        bytes   bytea not null,
        primary key (writing, no)
      );
      alter table sealed.piece alter column bytes set storage external;
      create table sealed.text (
        digest    text primary key check (digest ~ '^[0-9a-f]{64}$'),
        writing   uuid not null unique,
        bytes     bigint not null,
        entries   integer not null,
        stored_at timestamptz not null default clock_timestamp()
      );

      create function sealed.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'sealed texts are append-only: % refused', tg_op using errcode = 'integrity_constraint_violation';
      end $$;
      create trigger append_only before update or delete or truncate on sealed.text
        for each statement execute function sealed.refuse_change();
      create trigger append_only before update or delete or truncate on sealed.piece
        for each statement execute function sealed.refuse_change();

      create table sealed.circular_draft (
        region     text not null,
        period     text not null,
        revision   integer not null,
        paragraphs jsonb not null,
        actor      jsonb not null,
        saved_at   timestamptz not null default clock_timestamp(),
        primary key (region, period)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema sealed cascade');
  }
}
