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
import { latestDay } from '#libs/kernel/partial-date.js';
import type { Projection } from '#libs/projection/projection.js';

/** Sealed evaluations, the points of their sheet, and issued circulars, to be found again. */
export const evaluationsProjection: Projection = {
  name: 'evaluations',
  version: 2,
  streamPrefixes: [EVALUATION_STREAM_PREFIX, CIRCULAR_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['evaluation', 'evaluation_score', 'circular'],
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
const SCORED = `
  insert into evaluation_score (position, item, region, year, event_id, recorded_at, effective_to, actor, score)
  select $1, score->>'item', $2, $3, $4, $5, $6, $7, score from jsonb_array_elements($8::jsonb) score`;
const ISSUED = `
  insert into circular (circular_id, position, region, period, recorded_at, actor, issued)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/** A few events a year and region, so each is a statement of its own. */
async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let counted = 0;
  for (const stored of events) {
    if (stored.stream.startsWith(CIRCULAR_STREAM_PREFIX)) await issued(stored, client);
    else await evaluated(evaluationCodec.decode(stored), client);
    counted += 1;
  }
  return counted;
}

async function evaluated(event: RecordedEvaluationEvent, client: PoolClient): Promise<void> {
  const { id, position, envelope } = event;
  const who = [envelope.recordedAt, JSON.stringify(envelope.actor)] as const;
  const [region, year] = event.streamId.split('-');
  if (event.type === 'EvaluationSealed') {
    const { digest } = event.data;
    const sealed = JSON.stringify(event.data);
    await client.query(SEALED, [sealId(event.data), position, id, region, year, digest, ...who, sealed]);
  } else if (event.type === 'EvaluationScored') {
    const [recordedAt, actor] = who;
    const told = [recordedAt, latestDay(envelope.effectiveDate), actor, JSON.stringify(event.data.scores)];
    await client.query(SCORED, [position, region, year, id, ...told]);
  } else {
    const { digest, by, reason } = event.data;
    await client.query(SUPERSEDED, [region, year, digest, by, reason]);
  }
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
      (select count(*)::text from evaluation_score) as scores,
      (select count(*)::text from circular) as circulars`);
  return rows[0]!;
}
