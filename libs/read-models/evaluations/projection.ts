import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { CIRCULAR_STREAM_PREFIX, circularCodec } from '#libs/circulars/domain/events.js';
import {
  EVALUATION_STREAM_PREFIX,
  evaluationCodec,
  sealId,
  type RecordedEvaluationEvent,
} from '#libs/evaluation/domain/events.js';
import type { Projection } from '#libs/projection/projection.js';

/** Sealed evaluations and issued circulars, to be found again. */
export const evaluationsProjection: Projection = {
  name: 'evaluations',
  version: 1,
  streamPrefixes: [EVALUATION_STREAM_PREFIX, CIRCULAR_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['evaluation', 'circular'],
  apply,
  totals,
};

const SEALED = `
  insert into evaluation (evaluation_id, position, event_id, region, year, digest, recorded_at, actor, sealed)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const SUPERSEDED = `
  update evaluation set superseded_by = $4, superseded_why = $5
  where position = (
    select max(position) from evaluation where region = $1 and year = $2 and digest = $3 and superseded_by is null)`;
const ISSUED = `
  insert into circular (circular_id, position, region, period, recorded_at, actor, issued)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/** A few events a year and region, so each is a statement of its own. */
async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let counted = 0;
  for (const stored of events) {
    if (stored.stream.startsWith(CIRCULAR_STREAM_PREFIX)) await issued(stored, client);
    else if (!(await evaluated(evaluationCodec.decode(stored), client))) continue;
    counted += 1;
  }
  return counted;
}

async function evaluated(event: RecordedEvaluationEvent, client: PoolClient): Promise<boolean> {
  if (event.type === 'EvaluationScored') return false;
  if (event.type === 'EvaluationSealed') {
    const { id, position, data, envelope } = event;
    const { region, year, digest } = data;
    const said = [envelope.recordedAt, JSON.stringify(envelope.actor), JSON.stringify(data)];
    await client.query(SEALED, [sealId(data), position, id, region, year, digest, ...said]);
    return true;
  }
  const [region, year] = event.streamId.split('-');
  const { digest, by, reason } = event.data;
  await client.query(SUPERSEDED, [region, year, digest, by, reason]);
  return true;
}

async function issued(stored: StoredEvent, client: PoolClient): Promise<void> {
  const { id, position, data, envelope } = circularCodec.decode(stored);
  const who = JSON.stringify(envelope.actor);
  const told = [data.region, data.period, envelope.recordedAt, who, JSON.stringify(data)];
  await client.query(ISSUED, [id, position, ...told]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select (select count(*)::text from evaluation) as evaluations,
      (select count(*)::text from evaluation where superseded_by is not null) as superseded,
      (select count(*)::text from circular) as circulars`);
  return rows[0]!;
}
