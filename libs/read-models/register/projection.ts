import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX, type ProjectEvent } from '#libs/projects/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf, type Stamp } from '../facts.js';
import { passedOver } from '../passed-over.js';
import { REGISTER_FACTS } from './fold.js';
import { writeProjects } from './register-tables.js';

const FACT_COLUMNS = [
  'event_id',
  'project_id',
  'revision',
  'position',
  'event_type',
  'effective',
  'effective_to',
  'recorded_at',
  'data',
] as const;

const TABLES = readFileSync(new URL('./tables.sql', import.meta.url), 'utf8');

const TAKEN_BACK = `
  update register_fact fact set reversed_at = reversal.at, reversed_to = reversal.day
  from unnest($1::uuid[], $2::timestamptz[], $3::date[]) as reversal(event, at, day)
  where fact.event_id = reversal.event`;

const saysNothing = passedOver(REGISTER_FACTS);

/** Few enough that their facts are held at once. */
const PROJECTS_AT_ONCE = 1_000;

/**
 * The register: each project as it stands, and as it stood at any pair of times. Projects that a batch touches are folded
 * anew from their facts, so that a reversal needs no undoing: from then on its event is not among those that stand.
 */
export const registerProjection: Projection = {
  name: 'project-register',
  version: 4,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'park',
  tables: TABLES,
  derivations: [{ fills: ['register_project', 'register_version'], derive: deriveProjects }],
  views: ['register_project', 'register_version', 'register_fact'],
  apply,
  totals,
};

async function apply(
  events: readonly StoredEvent[],
  client: PoolClient,
  leaveDerived = false,
): Promise<number> {
  const projects = new Set<string>();
  const reversals: Stamp[] = [];
  let facts = '';
  let counted = 0;
  for (const stored of events) {
    if (saysNothing(stored)) continue;
    const { event, sign, stamp } = factOf(decodeProjectEvent(stored));
    if (!REGISTER_FACTS.includes(event.type)) continue;
    counted += 1;
    projects.add(stamp.projectId);
    if (sign === -1) reversals.push(stamp);
    else facts += factLine(event, stamp, stored.revision);
  }
  await copyRows(client, 'register_fact', FACT_COLUMNS, facts);
  if (reversals.length > 0) {
    await client.query(TAKEN_BACK, [
      reversals.map(({ reverses }) => reverses),
      reversals.map(({ recordedAt }) => recordedAt),
      reversals.map(({ effectiveTo }) => effectiveTo),
    ]);
  }
  if (!leaveDerived && projects.size > 0) await writeProjects(client, [...projects]);
  return counted;
}

function factLine(event: ProjectEvent, stamp: Stamp, revision: number): string {
  return copyLine([
    stamp.eventId,
    stamp.projectId,
    revision,
    stamp.position,
    event.type,
    stamp.effective,
    stamp.effectiveTo,
    stamp.recordedAt,
    JSON.stringify(event.data),
  ]);
}

async function deriveProjects(client: PoolClient): Promise<void> {
  await client.query('truncate register_project, register_version');
  const { rows } = await client.query<{ id: string }>('select distinct project_id as id from register_fact');
  for (let from = 0; from < rows.length; from += PROJECTS_AT_ONCE) {
    await writeProjects(
      client,
      rows.slice(from, from + PROJECTS_AT_ONCE).map(({ id }) => id),
    );
  }
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as projects,
      coalesce(sum((shown #>> '{details,totalInvestmentFen}')::numeric), 0)::text as total_investment,
      count(*) filter (where stage = 'InUse')::text as in_use,
      (select count(*)::text from register_fact where reversed_at is null) as facts,
      (select count(*)::text from register_version) as versions
    from register_project`);
  return rows[0]!;
}
