import type { EventStore, Position } from '#libs/event-store/port.js';
import type { Audited } from './audit-rounds.js';
import type { RunnerContext } from './context.js';
import { ForeignCheckpoint, NewerTables } from './errors.js';
import type { Projection } from './projection.js';
import { countEvents } from './backlog.js';

/** The lag is counted up to here; beyond it, the exact number helps nobody and costs reading. */
export const MAX_LAG_COUNTED = 10_000;

/** Where a projection stands. */
export interface ProjectionStanding {
  readonly name: string;
  /** Generation in force; 0 while there is none. */
  readonly generation: number;
  readonly version: number;
  readonly position: Position | null;
  /** Events it counted. */
  readonly applied: number;
  /** `standby`: no process is working on it at present. */
  readonly state: 'running' | 'halted' | 'standby' | 'rebuilding';
  /** Events set aside. More than 0: reports built from it are incomplete. */
  readonly parked: number;
  readonly incomplete: boolean;
  /** The last count of its events by this process; left out before the first. */
  readonly audited?: Audited;
  readonly error?: string;
  /** The event it halted at. */
  readonly haltEvent?: HaltEvent;
}

/** And how far behind it is. */
export interface ProjectionStatus extends ProjectionStanding {
  /** Events of its streams not applied yet, counted up to `MAX_LAG_COUNTED`. Left out while the store is out of reach. */
  readonly lagEvents?: number;
  /** Age of the oldest of them by its recorded time, in seconds; 0 when up to date. Left out as above. */
  readonly lagSeconds?: number;
}

export interface HaltEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}

interface Row {
  projection: string;
  generation: number;
  version: number;
  storeId: string;
  position: Position | null;
  applied: number;
  haltError: string | null;
  haltEvent: HaltEvent | null;
  working: boolean;
  rebuilding: boolean;
  parked: number;
}

/** What a process knows of its projections besides, by name. */
interface KnownHere {
  readonly errors: ReadonlyMap<string, string>;
  /** What it counted last. */
  readonly audited: ReadonlyMap<string, Audited>;
}

/** Where each projection stands, whichever process runs it. */
export async function standingsOf(
  context: RunnerContext,
  projections: readonly Projection[],
  known: KnownHere,
): Promise<ProjectionStanding[]> {
  return (await lookAt(context, projections, known)).map(({ standing }) => standing);
}

/** And how far behind it is: for each that is, its events are read. */
export async function statusOf(
  context: RunnerContext,
  projections: readonly Projection[],
  known: KnownHere,
): Promise<ProjectionStatus[]> {
  const looked = await lookAt(context, projections, known);
  return Promise.all(
    looked.map(async ({ projection, standing, isForeign }) => ({
      ...standing,
      ...(isForeign ? {} : await lagOf(context.store, projection, standing.position)),
    })),
  );
}

interface Looked {
  readonly projection: Projection;
  readonly standing: ProjectionStanding;
  /** Its position is one of another store: how far it is behind this one cannot be told. */
  readonly isForeign: boolean;
}

async function lookAt(
  { pool, store }: RunnerContext,
  projections: readonly Projection[],
  { errors, audited }: KnownHere,
): Promise<Looked[]> {
  const { rows } = await pool.query<Row>(STATUS, [projections.map(({ name }) => name)]);
  const storeId = await store.storeId().catch(() => undefined);
  return projections.map((projection) => {
    const row = rows.find((found) => found.projection === projection.name);
    const mismatch = row && storeId ? mismatchOf(projection, row, storeId) : undefined;
    const error = mismatch?.message ?? row?.haltError ?? errors.get(projection.name);
    const counted = audited.get(projection.name);
    const standing = {
      ...outline(projection, row),
      ...(counted ? { audited: counted } : {}),
      ...(error === undefined ? {} : { error }),
    };
    return { projection, standing, isForeign: mismatch?.code === 'projection.foreignCheckpoint' };
  });
}

function mismatchOf(
  { name, version }: Projection,
  row: Row,
  storeId: string,
): ForeignCheckpoint | NewerTables | undefined {
  if (row.storeId !== storeId) return new ForeignCheckpoint(name, row.storeId, storeId);
  return row.version > version ? new NewerTables(name, row.version, version) : undefined;
}

function outline({ name, version }: Projection, row: Row | undefined): ProjectionStatus {
  const state = row?.haltError
    ? 'halted'
    : row?.rebuilding
      ? 'rebuilding'
      : row?.working
        ? 'running'
        : 'standby';
  const parked = row?.parked ?? 0;
  return {
    name,
    generation: row?.generation ?? 0,
    version: row?.version ?? version,
    position: row?.position ?? null,
    applied: row?.applied ?? 0,
    state,
    parked,
    incomplete: parked > 0,
    ...(row?.haltEvent ? { haltEvent: row.haltEvent } : {}),
  };
}

async function lagOf(
  store: EventStore,
  { streamPrefixes }: Projection,
  position: Position | null,
): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagSeconds'>> {
  try {
    const last = await store.lastPosition();
    if (last === undefined || last === position) return { lagEvents: 0, lagSeconds: 0 };
    const { events, oldest } = await countEvents(store, streamPrefixes, position, {
      upTo: last,
      limit: MAX_LAG_COUNTED,
    });
    const recordedAt = oldest?.metadata['recordedAt'];
    const since = typeof recordedAt === 'string' ? Date.parse(recordedAt) : Date.now();
    return { lagEvents: events, lagSeconds: Math.max(0, Date.now() - since) / 1000 };
  } catch {
    return {};
  }
}

const STATUS = `
  select live.projection, live.generation, live.version, live.store_id as "storeId", live.position,
    live.applied::float8 as applied,
    coalesce(live.halt_error, building.halt_error) as "haltError",
    coalesce(live.halt_event, building.halt_event) as "haltEvent",
    coalesce(runtime.lease_held(live.projection, live.generation), false) as working,
    coalesce(runtime.lease_held(building.projection, building.generation), false) as rebuilding,
    (select count(*)::int from runtime.parked_event as parked
     where parked.projection = live.projection and parked.generation = live.generation) as parked
  from runtime.projection_checkpoint as live
  left join runtime.projection_checkpoint as building
    on building.projection = live.projection and building.state = 'building'
  where live.state = 'live' and live.projection = any($1)`;
