import type { PoolClient } from 'pg';
import type { ProjectEventType } from '#libs/projects/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import { versionsOf, type TimedFact, type Version } from '../versions.js';
import { byProject, foldProject, type RegisterFact } from './fold.js';
import { foundBy, type FoundBy, type RegisterRow } from './register-row.js';

const FACTS_OF = `
  select project_id, event_type as type, effective, position, data, effective_to::text as "effectiveTo",
    ${instant('recorded_at')} as "recordedAt", ${instant('reversed_at')} as "reversedAt",
    reversed_to::text as "reversedTo"
  from register_fact where project_id = any($1::uuid[]) order by project_id, revision`;

const FOUND_BY = [
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
] as const;
const COLUMNS = [...FOUND_BY, ['shown', 'jsonb']] as const;
const NAMES = COLUMNS.map(([name]) => name);
const UPSERT = `
  insert into register_project (project_id, ${NAMES.join(', ')})
  select project_id, ${NAMES.join(', ')}
  from jsonb_to_recordset($1::jsonb)
    as row(project_id uuid, ${COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})
  on conflict (project_id) do update set ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const VERSION_COLUMNS = [
  'project_id',
  'recorded_from',
  'recorded_until',
  'effective_from',
  'recorded_next',
  'effective_next',
  ...FOUND_BY.map(([name]) => name),
];

type Fact = RegisterFact & TimedFact & { project_id: string; type: ProjectEventType };

/** Writes the projects anew from their facts: as they stand, and every state they were in. */
export async function writeProjects(client: PoolClient, projects: readonly string[]): Promise<void> {
  const { rows } = await client.query<Fact>(FACTS_OF, [projects]);
  const registered: RegisterRow[] = [];
  let versions = '';
  for (const [id, facts] of byProject(projects, rows)) {
    const shown = foldProject(facts.filter(({ reversedAt }) => reversedAt === null));
    if (shown) registered.push({ project_id: id, ...foundBy(shown), shown });
    versions += versionsOf(facts, found)
      .map((version) => versionLine(id, version))
      .join('');
  }
  await client.query(UPSERT, [JSON.stringify(registered)]);
  await client.query('delete from register_version where project_id = any($1::uuid[])', [projects]);
  await copyRows(client, 'register_version', VERSION_COLUMNS, versions);
}

function found(standing: readonly RegisterFact[]): FoundBy | undefined {
  const project = foldProject(standing);
  return project && foundBy(project);
}

function versionLine(projectId: string, { row, ...times }: Version<FoundBy>): string {
  return copyLine([
    projectId,
    times.recordedFrom,
    times.recordedUntil,
    times.effectiveFrom,
    times.recordedNext,
    times.effectiveNext,
    ...FOUND_BY.map(([name]) => {
      const value = row[name];
      if (Array.isArray(value)) return `{${value.join(',')}}`;
      return typeof value === 'boolean' ? String(value) : value;
    }),
  ]);
}

/** As text that sorts as instants do. */
function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
