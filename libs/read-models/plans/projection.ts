import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import { earliestDay, latestDay } from '#libs/kernel/partial-date.js';
import { decodePlanEvent } from '#libs/plans/domain/codec.js';
import { PLAN_STREAM_PREFIX, readPlanId } from '#libs/plans/domain/plan-id.js';
import type { RecordedPlanEvent } from '#libs/plans/domain/recorded-event.js';
import type { Projection } from '#libs/projection/projection.js';
import { copyLine, copyRows } from '../copy.js';

const COLUMNS = [
  'position',
  'event_id',
  'event_type',
  'plan_id',
  'plan_region',
  'area',
  'region',
  'data',
  'effective',
  'effective_from',
  'effective_to',
  'recorded_at',
  'evidence',
  'actor',
  'reverses',
] as const;

/** Plans as they were recorded, entry by entry; what a plan says on a day is a query. */
export const plansProjection: Projection = {
  name: 'plans',
  version: 1,
  streamPrefixes: [PLAN_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['plan_entry'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  const lines = events.map((stored) => lineOf(decodePlanEvent(stored)));
  await copyRows(client, 'plan_entry', COLUMNS, lines.join(''));
  return events.length;
}

/** A reversal counts no earlier than what it reverses: no day shows less than nothing. */
function lineOf(event: RecordedPlanEvent): string {
  const { effectiveDate, envelope, data } = event;
  const key = readPlanId(event.planId);
  const reversed = event.type === 'EntryReversed' ? event.data.reversed : undefined;
  const days = [effectiveDate, ...(reversed ? [reversed.effectiveDate] : [])].map(latestDay).sort();
  return copyLine([
    event.position,
    event.id,
    event.type,
    event.planId,
    key?.region ?? '',
    key?.area ?? null,
    'region' in data ? data.region : null,
    JSON.stringify(data),
    effectiveDate,
    earliestDay(effectiveDate),
    days.at(-1)!,
    envelope.recordedAt,
    JSON.stringify(envelope.evidence),
    JSON.stringify(envelope.actor),
    reversed?.id ?? null,
  ]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as entries, count(reverses)::text as reversals, count(distinct plan_id)::text as plans
    from plan_entry`);
  return rows[0]!;
}
