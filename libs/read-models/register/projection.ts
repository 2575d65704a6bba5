import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX, type ProjectEventType } from '#libs/projects/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import { foldProject, REGISTER_FACTS, type RegisterFact } from './fold.js';
import { registerRow } from './register-row.js';

const FACT_COLUMNS = [
  'event_id',
  'project_id',
  'revision',
  'position',
  'event_type',
  'effective',
  'data',
] as const;

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

const FACTS_OF = `
  select project_id, event_type, effective, position, data
  from register_fact where project_id = any($1::uuid[]) order by project_id, revision`;

const COLUMNS = [
  ['entered', 'text'],
  ['category', 'text'],
  ['stage', 'text'],
  ['regions', 'text[]'],
  ['planned_use_year', 'smallint'],
  ['name', 'text'],
  ['place', 'text'],
  ['code', 'text'],
  ['planned_use', 'text'],
  ['total_fen', 'bigint'],
  ['planned_fen', 'bigint'],
  ['self_raised_fen', 'bigint'],
  ['planned_sources', 'text[]'],
  ['listed_years', 'smallint[]'],
  ['ready', 'boolean'],
  ['search', 'text'],
  ['shown', 'jsonb'],
] as const;
const NAMES = COLUMNS.map(([name]) => name);
const UPSERT = `
  insert into register_project (project_id, ${NAMES.join(', ')})
  select project_id, ${NAMES.join(', ')}
  from jsonb_to_recordset($1::jsonb)
    as row(project_id uuid, ${COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})
  on conflict (project_id) do update set ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/**
 * The register: each project as it stands. Projects that a batch touches are folded anew from their facts, so that a
 * reversal needs no undoing: its event is no longer among them.
 */
export const registerProjection: Projection = {
  name: 'project-register',
  version: 2,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'park',
  tables: sql('tables'),
  indexes: sql('indexes'),
  views: ['register_project'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const projects = new Set<string>();
  const reversed: string[] = [];
  let facts = '';
  let counted = 0;
  for (const stored of events) {
    const event = decodeProjectEvent(stored);
    const reversal = event.type === 'EntryReversed' ? event.data.reversed : undefined;
    if (!REGISTER_FACTS.includes(reversal?.type ?? event.type)) continue;
    counted += 1;
    projects.add(event.projectId);
    if (reversal) {
      reversed.push(reversal.id);
    } else {
      facts += copyLine([
        event.id,
        event.projectId,
        event.revision,
        event.position,
        event.type,
        event.effectiveDate,
        JSON.stringify(event.data),
      ]);
    }
  }
  await copyRows(client, 'register_fact', FACT_COLUMNS, facts);
  if (reversed.length > 0) {
    await client.query('delete from register_fact where event_id = any($1::uuid[])', [reversed]);
  }
  if (projects.size > 0) await refresh(client, [...projects]);
  return counted;
}

async function refresh(client: PoolClient, projects: readonly string[]): Promise<void> {
  const { rows } = await client.query<{
    project_id: string;
    event_type: ProjectEventType;
    effective: string;
    position: string;
    data: RegisterFact['data'];
  }>(FACTS_OF, [projects]);
  const facts = new Map<string, RegisterFact[]>(projects.map((id) => [id, []]));
  for (const { project_id, event_type, ...fact } of rows) {
    facts.get(project_id)!.push({ type: event_type, ...fact });
  }
  const registered = [...facts].flatMap(([id, ofProject]) => {
    const project = foldProject(ofProject);
    return project ? [registerRow(id, project)] : [];
  });
  await client.query(UPSERT, [JSON.stringify(registered)]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as projects,
      coalesce(sum((shown #>> '{details,totalInvestmentFen}')::numeric), 0)::text as total_investment,
      count(*) filter (where stage = 'InUse')::text as in_use,
      (select count(*)::text from register_fact) as facts
    from register_project`);
  return rows[0]!;
}
