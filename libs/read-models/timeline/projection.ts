import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf } from '../facts.js';

const COLUMNS = [
  'event_id',
  'project_id',
  'revision',
  'position',
  'event_type',
  'effective',
  'effective_from',
  'effective_to',
  'recorded_at',
  'actor',
  'evidence',
  'data',
  'command_id',
  'correlation_id',
  'causation_id',
] as const;

const MARK_REVERSED = `
  update timeline_event e set reversed_by = r.reversal
  from unnest($1::uuid[], $2::uuid[]) as r(reversed, reversal)
  where e.event_id = r.reversed`;

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

/** Every event of every project as it reads, under its current schema; labels and sentences are made when asked for. */
export const timelineProjection: Projection = {
  name: 'project-timeline',
  version: 1,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'park',
  tables: sql('tables'),
  indexes: sql('indexes'),
  views: ['timeline_event'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const decoded = events.map((stored) => decodeProjectEvent(stored));
  await copyRows(client, 'timeline_event', COLUMNS, decoded.map(lineOf).join(''));
  const reversals = decoded.filter((event) => event.type === 'EntryReversed');
  if (reversals.length > 0) {
    await client.query(MARK_REVERSED, [
      reversals.map((event) => event.data.reversed.id),
      reversals.map((event) => event.id),
    ]);
  }
  return decoded.length;
}

function lineOf(event: RecordedProjectEvent): string {
  const { stamp } = factOf(event);
  return copyLine([
    event.id,
    event.projectId,
    event.revision,
    event.position,
    event.type,
    stamp.effective,
    stamp.effectiveFrom,
    stamp.effectiveTo,
    stamp.recordedAt,
    JSON.stringify(event.envelope.actor),
    JSON.stringify(event.envelope.evidence),
    JSON.stringify(event.data),
    event.envelope.commandId,
    event.envelope.correlationId,
    event.envelope.causationId,
  ]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as events, count(reversed_by)::text as reversed,
      count(distinct project_id)::text as projects
    from timeline_event`);
  return rows[0]!;
}
