import type { Position } from '#libs/event-store/port.js';
import { countEvents } from './backlog.js';
import { assertOwnStore, checkpointOf } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import type { Projection } from './projection.js';

export interface AuditReport {
  readonly projection: string;
  readonly generation: number;
  /** Counted up to here. */
  readonly position: Position | null;
  /** Events of its streams in the store, up to the position. */
  readonly inStore: number;
  /** Events the projection was given, up to the position. */
  readonly delivered: number;
  /** Those of them it counted. */
  readonly applied: number;
  /** Those of them it set aside. */
  readonly parked: number;
  /** `inStore` − `delivered`: anything but 0 is a hole, or a store with another history. Lag does not show it. */
  readonly missing: number;
}

/** Counts a projection's events anew, through the feed. Reads the whole store once. @throws ForeignCheckpoint */
export async function audit({ pool, store }: RunnerContext, projection: Projection): Promise<AuditReport> {
  const { name, streamPrefixes } = projection;
  const storeId = await store.storeId();
  const live = await checkpointOf(pool, name, 'live');
  if (live) assertOwnStore(live, storeId);
  const position = live?.position ?? null;
  const generation = live?.generation ?? 0;
  const inStore =
    position === null ? 0 : (await countEvents(store, streamPrefixes, null, { upTo: position })).events;
  const parked = await pool.query<{ count: number }>(
    `select count(*)::int as count from runtime.parked_event
     where projection = $1 and generation = $2 and position <= $3`,
    [name, generation, position],
  );
  const delivered = live?.delivered ?? 0;
  return {
    projection: name,
    generation,
    position,
    inStore,
    delivered,
    applied: live?.applied ?? 0,
    parked: parked.rows[0]?.count ?? 0,
    missing: inStore - delivered,
  };
}
