import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { yearOf } from '#libs/kernel/partial-date.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import { ATTRIBUTE_COLUMNS, ATTRIBUTE_EVENTS, attributeLines } from '../attributes/attribute-rows.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf, type Fact } from '../facts.js';
import { passedOver } from '../passed-over.js';
import { MOVING_EVENTS, movementsOf, type Movement } from '#libs/projects/domain/movements.js';

/** Properties that yearly counts are asked by. */
export const CAPACITY_FIELDS = [
  'entered',
  'name',
  'category',
  'regions',
  'plannedStart',
  'plannedUse',
  'plannedCapacity',
  'bedScope',
  'withdrawn',
] as const;

const MOVEMENT_COLUMNS = [
  'position',
  'kind',
  'event_id',
  'event_type',
  'project_id',
  'figure',
  'delta',
  'bed_scope',
  'year',
  'effective',
  'effective_from',
  'effective_to',
  'recorded_at',
  'reverses',
] as const;

const saysNothing = passedOver([...ATTRIBUTE_EVENTS, ...MOVING_EVENTS]);

const touched = (alias: string) => `${alias}.project_id = any($1::uuid[])`;
const FORGET_PROJECTS = 'delete from capacity_project where project_id = any($1::uuid[])';
const KEPT = `project_id, entered, name, category, regions, planned_start_year, planned_use_year, planned_capacity,
  bed_scope, withdrawn`;
const deriveProjects = (condition: (alias: string) => string) => `
  insert into capacity_project (${KEPT})
  select ${KEPT} from (${projectsAsOf('capacity_attribute', CAPACITY_FIELDS, condition)}) known`;
const DERIVE_TOUCHED = deriveProjects(touched);
const DERIVE_ALL = `truncate capacity_project; ${deriveProjects(() => 'true')}`;

/** Beds and places: a journal of what came into use and left it, and what was planned. */
export const yearlyCountsProjection: Projection = {
  name: 'yearly-counts',
  version: 3,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  derivations: [{ fills: ['capacity_project'], derive: (client) => client.query(DERIVE_ALL) }],
  views: ['capacity_movement', 'capacity_attribute', 'capacity_project'],
  apply,
  totals,
};

async function apply(
  events: readonly StoredEvent[],
  client: PoolClient,
  leaveDerived = false,
): Promise<number> {
  const projects = new Set<string>();
  let movements = '';
  let attributes = '';
  let counted = 0;
  for (const stored of events) {
    if (saysNothing(stored)) continue;
    const fact = factOf(decodeProjectEvent(stored));
    const moved = movementsOf(fact.event).map((movement) => movementLine(fact, movement));
    const said = attributeLines(fact, CAPACITY_FIELDS);
    movements += moved.join('');
    attributes += said;
    if (said !== '') projects.add(fact.stamp.projectId);
    if (moved.length > 0 || said !== '') counted += 1;
  }
  await copyRows(client, 'capacity_movement', MOVEMENT_COLUMNS, movements);
  await copyRows(client, 'capacity_attribute', ATTRIBUTE_COLUMNS, attributes);
  if (!leaveDerived && projects.size > 0) {
    await client.query(FORGET_PROJECTS, [[...projects]]);
    await client.query(DERIVE_TOUCHED, [[...projects]]);
  }
  return counted;
}

function movementLine({ event, stamp, sign, happened }: Fact, { kind, figure, delta }: Movement): string {
  return copyLine([
    stamp.position,
    kind,
    stamp.eventId,
    stamp.eventType,
    stamp.projectId,
    figure,
    sign * delta,
    event.type === 'ProjectCommissioned' ? (event.data.bedScope ?? null) : null,
    yearOf(happened),
    stamp.effective,
    stamp.effectiveFrom,
    stamp.effectiveTo,
    stamp.recordedAt,
    stamp.reverses,
  ]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as movements,
      coalesce(sum(delta) filter (where kind = 'beds'), 0)::text as beds,
      coalesce(sum(delta) filter (where kind = 'nursingBeds'), 0)::text as nursing_beds,
      coalesce(sum(delta) filter (where kind = 'places'), 0)::text as places,
      coalesce(sum(delta) filter (where kind = 'inclusivePlaces'), 0)::text as inclusive_places,
      (select count(*)::text from capacity_attribute) as attributes,
      (select count(*)::text from capacity_project) as projects
    from capacity_movement`);
  return rows[0]!;
}
