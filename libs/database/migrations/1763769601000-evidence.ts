import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that events rest on, named by the digest of their bytes; the database itself refuses to change them. */
export class Evidence1763769601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema evidence;

      create table evidence.file (
        digest    text primary key check (digest ~ '^[0-9a-f]{64}$'),
        file_name text  not null,
        bytes     bytea not null check (digest = encode(sha256(bytes), 'hex')),
        stored_at timestamptz not null default clock_timestamp()
      );
      alter table evidence.file alter column bytes set storage external;

      create function evidence.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'evidence is append-only: % refused', tg_op using errcode = 'integrity_constraint_violation';
      end $$;

      create trigger append_only before update or delete or truncate on evidence.file
        for each statement execute function evidence.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema evidence cascade');
  }
}
