import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { concernsDossier } from '#libs/findings/domain/dossier.js';
import { decodeHandlingStep, FINDING_STREAM_PREFIX } from '#libs/findings/domain/handling-events.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { Assessment } from './assessment.js';

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

const FACT_COLUMNS = ['project_id', 'revision', 'event_id', 'event_type', 'effective', 'data'] as const;
const STEP_COLUMNS = [
  'project_id',
  'rule',
  'position',
  'event_id',
  'known_at',
  'effective',
  'kind',
  'basis',
  'actor',
  'said',
] as const;

/**
 * The audit rules over every project, and what people did about what they found. A project is judged after each
 * moment that something new was recorded of it, and what changed is appended: so what was known on any day is a
 * question to the rows, and equals judging the events up to then. What ripens carries its day, so no clock runs.
 */
export const findingsProjection: Projection = {
  name: 'findings',
  version: 1,
  streamPrefixes: [PROJECT_STREAM_PREFIX, FINDING_STREAM_PREFIX],
  onPoison: 'park',
  tables: sql('tables'),
  indexes: sql('indexes'),
  views: ['finding_subject', 'finding_result', 'finding_current', 'finding_cohort', 'finding_step'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const facts: RecordedProjectEvent[] = [];
  let factLines = '';
  let stepLines = '';
  let counted = 0;
  for (const stored of events) {
    if (stored.stream.startsWith(FINDING_STREAM_PREFIX)) {
      stepLines += stepLine(stored);
      counted += 1;
      continue;
    }
    const event = decodeProjectEvent(stored);
    if (!concernsDossier(event.type === 'EntryReversed' ? event.data.reversed.type : event.type)) continue;
    facts.push(event);
    factLines += factLine(event);
    counted += 1;
  }
  const assessment = await Assessment.of(client, facts);
  await copyRows(client, 'finding_fact', FACT_COLUMNS, factLines);
  await copyRows(client, 'finding_step', STEP_COLUMNS, stepLines);
  await assessment.run(facts);
  return counted;
}

function factLine({ projectId, revision, id, type, effectiveDate, data }: RecordedProjectEvent): string {
  return copyLine([projectId, revision, id, type, effectiveDate, JSON.stringify(data)]);
}

function stepLine(stored: StoredEvent): string {
  const { projectId, rule, id, envelope, kind, basis, said } = decodeHandlingStep(stored);
  const { recordedAt, effectiveDate, actor } = envelope;
  const [who, what] = [JSON.stringify(actor), JSON.stringify(said)];
  return copyLine([projectId, rule, stored.position, id, recordedAt, effectiveDate, kind, basis, who, what]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as outcomes,
      count(*) filter (where kind = 'fail')::text as failing,
      coalesce(md5(string_agg(project_id || rule || coalesce(basis, kind), ',' order by project_id, rule)), '')
        as digest,
      (select count(*)::text from finding_fact) as facts,
      (select count(*)::text from finding_step) as steps
    from finding_current`);
  return rows[0]!;
}
