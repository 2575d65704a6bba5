import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { partsOfId, statisticsCodec, STATISTICS_STREAM_PREFIX } from '#libs/statistics/domain/events.js';
import { copyLine, copyRows } from '../copy.js';

const PERIOD_COLUMNS = [
  'region',
  'period',
  'position',
  'event_id',
  'known_at',
  'deadline',
  'duties',
] as const;
const STEP_COLUMNS = [
  'position',
  'region',
  'period',
  'unit',
  'kind',
  'event_id',
  'known_at',
  'actor',
  'data',
] as const;

/** Reportings of statistics and every step of them: the state on any day is folded from the steps until then. */
export const statisticsProjection: Projection = {
  name: 'statistics',
  version: 1,
  streamPrefixes: [STATISTICS_STREAM_PREFIX],
  onPoison: 'park',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['statistics_period', 'statistics_step'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let [periods, steps] = ['', ''];
  for (const stored of events) {
    const event = statisticsCodec.decode(stored);
    const { region, period } = partsOfId(event.streamId);
    const { id, position, envelope, data, type } = event;
    if (type === 'ReportingOpened') {
      const { deadline, duties } = data;
      periods += copyLine([
        region,
        period,
        position,
        id,
        envelope.recordedAt,
        deadline,
        JSON.stringify(duties),
      ]);
      continue;
    }
    const unit = 'unit' in data ? data.unit : null;
    const [actor, said] = [JSON.stringify(envelope.actor), JSON.stringify(data)];
    steps += copyLine([position, region, period, unit, type, id, envelope.recordedAt, actor, said]);
  }
  await copyRows(client, 'statistics_period', PERIOD_COLUMNS, periods);
  await copyRows(client, 'statistics_step', STEP_COLUMNS, steps);
  return events.length;
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select (select count(*)::text from statistics_period) as periods,
      (select count(*)::text from statistics_step) as steps`);
  return rows[0]!;
}
