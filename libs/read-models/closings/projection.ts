import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import { copyLine, copyRows } from '../copy.js';

const COLUMNS = ['project_id', 'year', 'event_id', 'position', 'effective', 'recorded_at'] as const;
const CLOSED = 'BudgetYearClosed';

/** Which budget years are closed, project by project, and since when. */
export const closingsProjection: Projection = {
  name: 'year-closings',
  version: 1,
  streamPrefixes: [PROJECT_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['year_closing'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let [lines, counted] = ['', 0];
  for (const stored of events) {
    // Nothing else is decoded: this reads every event of every project and has a meaning for one in a hundred.
    if (stored.type !== CLOSED) continue;
    const event = decodeProjectEvent(stored);
    if (event.type !== CLOSED) continue;
    const { projectId, id, position, effectiveDate, recordedAt } = event;
    lines += copyLine([projectId, event.data.year, id, position, effectiveDate, recordedAt]);
    counted += 1;
  }
  await copyRows(client, 'year_closing', COLUMNS, lines);
  return counted;
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as closings, count(distinct year)::text as years from year_closing`);
  return rows[0]!;
}
