import type { Client } from 'pg';
import { sqlOf } from './sql.js';

/** The files of each version of the schema, in order; a version that was released is never edited. */
const VERSIONS: readonly (readonly string[])[] = [
  [
    'meta',
    'head',
    'events',
    'commands',
    'refuse-change',
    'known',
    'store-events',
    'store-commands',
    'move-head',
  ],
];

/** Any number, the same in every program that installs the schema. */
const INSTALL_LOCK = 7_061_023;

/** The database was used by a later version of this program. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
}

/**
 * Creates the schema `event_store` or brings it to the newest version, in one transaction and under a lock: any
 * number of processes may start at once.
 * @returns the id of the store
 * @throws SchemaTooNew where the schema is newer than this program
 */
export async function installSchema(client: Client): Promise<string> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1)', [INSTALL_LOCK]);
  const found = await versionOf(client);
  if (found > VERSIONS.length) {
    throw new SchemaTooNew(
      `the event store's schema has version ${found}, this program knows ${VERSIONS.length}`,
    );
  }
  if (found === 0) await client.query('create schema if not exists event_store');
  for (const name of VERSIONS.slice(found).flat()) await client.query(sqlOf(name));
  await client.query('update event_store.meta set schema_version = $1 where schema_version < $1', [
    VERSIONS.length,
  ]);
  const { rows } = await client.query<{ store_id: string }>('select store_id from event_store.meta');
  await client.query('commit');
  return rows[0]!.store_id;
}

async function versionOf(client: Client): Promise<number> {
  const table = await client.query<{ there: boolean }>(
    `select to_regclass('event_store.meta') is not null as there`,
  );
  if (!table.rows[0]?.there) return 0;
  const { rows } = await client.query<{ schema_version: number }>(
    'select schema_version from event_store.meta',
  );
  return rows[0]?.schema_version ?? 0;
}
