import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#libs/database/transaction.js';
import {
  checkpointOf,
  liveCheckpoints,
  schemaOf,
  type Checkpoint,
  type GenerationState,
} from './checkpoint.js';
import { comparePositions, type Position } from '#libs/event-store/port.js';
import type { Projection } from './projection.js';
import { CHANNEL, payloadOf } from './signals.js';

/** How long taking the views from their readers waits: less than what a deadlock is found after (1 s). */
const PATIENT = `set local lock_timeout to '500ms'`;

/** The generation in force of each; the first one is made, empty, where there is none. */
export async function ensureLive(
  pool: Pool,
  projections: readonly Projection[],
  storeId: string,
): Promise<Checkpoint[]> {
  const live = await liveCheckpoints(
    pool,
    projections.map(({ name }) => name),
  );
  for (const projection of projections) {
    if (live.some((found) => found.projection === projection.name)) continue;
    live.push(await oneAtATime(pool, projection, (client) => firstLive(client, projection, storeId)));
  }
  return live;
}

/** Whether all are made as they are meant today, and have come to the position. */
export async function nothingToDo(
  pool: Pool,
  projections: readonly Projection[],
  position: Position,
): Promise<boolean> {
  const live = await liveCheckpoints(
    pool,
    projections.map(({ name }) => name),
  );
  return projections.every(({ name, version }) => {
    const found = live.find(({ projection }) => projection === name);
    if (found?.version !== version || !found.indexed || found.position === null) return false;
    return comparePositions(found.position, position) >= 0;
  });
}

async function firstLive(client: PoolClient, projection: Projection, storeId: string): Promise<Checkpoint> {
  const live = await checkpointOf(client, projection.name, 'live');
  if (live) return live;
  const made = await create(client, projection, 'live', storeId);
  await showViews(client, projection, made.generation);
  return made;
}

/**
 * The generation being built beside the one in force: an unfinished one of the same version and store is gone on
 * with, any other one is dropped for a new one.
 */
export function ensureBuilding(pool: Pool, projection: Projection, storeId: string): Promise<Checkpoint> {
  return oneAtATime(pool, projection, async (client) => {
    const building = await checkpointOf(client, projection.name, 'building');
    if (building?.version === projection.version && building.storeId === storeId) return building;
    if (building) await drop(client, building);
    return create(client, projection, 'building', storeId);
  });
}

/**
 * Puts `next` in force in the caller's transaction, which `switching` tries; `live` is kept for going back, older
 * generations are dropped.
 */
export async function putInForce(
  client: PoolClient,
  projection: Projection,
  live: Checkpoint,
  next: Checkpoint,
): Promise<void> {
  await client.query(PATIENT);
  const older = await client.query<{ generation: number }>(
    `select generation from runtime.projection_checkpoint
     where projection = $1 and state = 'previous' and generation <> $2`,
    [projection.name, next.generation],
  );
  for (const { generation } of older.rows) await drop(client, { projection: projection.name, generation });
  await setState(client, live, 'previous');
  await setState(client, next, 'live');
  await hideViews(client, live);
  await showViews(client, projection, next.generation);
  await client.query('select pg_notify($1, $2)', [
    CHANNEL,
    payloadOf({ kind: 'switched', name: projection.name }),
  ]);
}

async function create(
  client: PoolClient,
  projection: Projection,
  state: GenerationState,
  storeId: string,
): Promise<Checkpoint> {
  const { name, version, tables } = projection;
  const { rows } = await client.query<{ generation: number }>(
    `insert into runtime.projection_checkpoint (projection, generation, version, state, store_id)
     select $1, coalesce(max(generation), 0) + 1, $2, $3, $4
     from runtime.projection_checkpoint where projection = $1 returning generation`,
    [name, version, state, storeId],
  );
  const schema = schemaOf(name, rows[0]!.generation);
  await client.query(`create schema "${schema}"; set local search_path to "${schema}"; ${tables}`);
  return (await checkpointOf(client, name, state))!;
}

async function drop(client: PoolClient, old: Pick<Checkpoint, 'projection' | 'generation'>): Promise<void> {
  await client.query(`drop schema if exists "${schemaOf(old.projection, old.generation)}" cascade`);
  await client.query('delete from runtime.projection_checkpoint where projection = $1 and generation = $2', [
    old.projection,
    old.generation,
  ]);
}

async function setState(client: PoolClient, row: Checkpoint, state: GenerationState): Promise<void> {
  await client.query(
    'update runtime.projection_checkpoint set state = $3 where projection = $1 and generation = $2',
    [row.projection, row.generation, state],
  );
}

async function showViews(client: PoolClient, { name, views }: Projection, generation: number): Promise<void> {
  for (const view of views) {
    await client.query(
      `create view read."${view}" as select * from "${schemaOf(name, generation)}"."${view}"`,
    );
  }
}

/** A view cannot change its columns, and an older version may have had others: whatever reads that schema goes. */
async function hideViews(client: PoolClient, live: Checkpoint): Promise<void> {
  const { rows } = await client.query<{ view: string }>(
    `select distinct quote_ident(v.relname) as view
     from pg_depend d
     join pg_rewrite r on r.oid = d.objid
     join pg_class v on v.oid = r.ev_class and v.relnamespace = 'read'::regnamespace
     join pg_class t on t.oid = d.refobjid and t.relnamespace = $1::regnamespace`,
    [schemaOf(live.projection, live.generation)],
  );
  if (rows.length > 0) await client.query(`drop view ${rows.map(({ view }) => `read.${view}`).join(', ')}`);
}

/** Generations of one projection are made and dropped by one process at a time. */
function oneAtATime<T>(
  pool: Pool,
  { name }: Projection,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('projection ' || $1, 0))`, [name]);
    return work(client);
  });
}
