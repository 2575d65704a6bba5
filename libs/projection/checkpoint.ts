import type { Pool, PoolClient } from 'pg';
import type { Position } from '#libs/event-store/port.js';
import { ForeignCheckpoint } from './errors.js';

export type GenerationState = 'live' | 'building' | 'previous';

/** A row of `runtime.projection_checkpoint`: how far a generation of a projection has come. */
export interface Checkpoint {
  readonly projection: string;
  readonly generation: number;
  readonly version: number;
  readonly state: GenerationState;
  readonly storeId: string;
  /** The last event or store checkpoint seen; null before the first. */
  readonly position: Position | null;
  /** Fencing token of the worker that may write. A decimal string: int8. */
  readonly epoch: string;
  /** Events of its streams up to the position, parked ones included. */
  readonly delivered: number;
  /** Those of them that the projection counted. */
  readonly applied: number;
  readonly indexed: boolean;
  readonly haltedAt: Date | null;
  readonly haltError: string | null;
}

export const CHECKPOINT_COLUMNS = `projection, generation, version, state, store_id as "storeId", position, epoch, indexed,
  delivered::float8 as delivered, applied::float8 as applied, halted_at as "haltedAt", halt_error as "haltError"`;

type Queryable = Pick<Pool | PoolClient, 'query'>;

/** The checkpoint of the generation in that state, if there is one. */
export async function checkpointOf(
  db: Queryable,
  projection: string,
  state: GenerationState,
  lock: '' | 'for update' = '',
): Promise<Checkpoint | undefined> {
  const { rows } = await db.query<Checkpoint>(
    `select ${CHECKPOINT_COLUMNS} from runtime.projection_checkpoint where projection = $1 and state = $2
     order by generation desc limit 1 ${lock}`,
    [projection, state],
  );
  return rows[0];
}

/** Those of the generations in force, in one look. */
export async function liveCheckpoints(db: Queryable, projections: readonly string[]): Promise<Checkpoint[]> {
  const { rows } = await db.query<Checkpoint>(
    `select ${CHECKPOINT_COLUMNS} from runtime.projection_checkpoint where projection = any($1) and state = 'live'`,
    [projections],
  );
  return rows;
}

/** @throws ForeignCheckpoint */
export function assertOwnStore({ projection, storeId }: Checkpoint, expected: string): void {
  if (storeId !== expected) throw new ForeignCheckpoint(projection, storeId, expected);
}

/** Takes back the halts of projections that nobody works on: whoever starts now tries their events again. */
export async function retryHalted(db: Queryable, projections: readonly string[]): Promise<void> {
  await db.query(
    `update runtime.projection_checkpoint set halted_at = null, halt_event = null, halt_error = null
     where projection = any($1) and halted_at is not null and not runtime.lease_held(projection, generation)`,
    [projections],
  );
}

/** The PostgreSQL schema of a generation: `investment_ledger_g3`. */
export function schemaOf(projection: string, generation: number): string {
  return `${projection.replaceAll('-', '_')}_g${generation}`;
}
