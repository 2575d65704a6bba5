import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { PROJECT_STREAM_PREFIX } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import {
  decodeStatementReconciled,
  RECONCILIATION_STREAM_PREFIX,
} from '#libs/reconciliation/domain/events.js';
import { copyLine, copyRows } from '../copy.js';
import { factOf, type Stamp } from '../facts.js';

const ITEM_COLUMNS = [
  'event_id',
  'project_id',
  'kind',
  'source',
  'amount_fen',
  'document_number',
  'payee',
  'effective',
  'effective_from',
  'effective_to',
  'position',
  'recorded_at',
] as const;
const OUTCOME_COLUMNS = ['position', 'reconciliation_id', 'region', 'recorded_at', 'actor', 'data'] as const;

const MARK_REVERSED = `
  update reconcilable_item i set reversed_by = r.reversal, reversed_position = r.position,
    reversed_recorded_at = r.recorded_at, reversed_effective_to = r.effective_to
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::date[])
    as r(reversed, reversal, position, recorded_at, effective_to)
  where i.event_id = r.reversed`;

const READ: ReadonlySet<string> = new Set(['FundsPaid', 'FundsReceived', 'EntryReversed']);

/** The two sides of reconciling: what can be reconciled, and what came of it. */
export const reconciliationsProjection: Projection = {
  name: 'reconciliations',
  version: 2,
  streamPrefixes: [PROJECT_STREAM_PREFIX, RECONCILIATION_STREAM_PREFIX],
  onPoison: 'halt',
  tables: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'),
  views: ['reconcilable_item', 'reconciliation'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let [items, outcomes, counted] = ['', '', 0];
  const reversals: Stamp[] = [];
  for (const stored of events) {
    if (stored.stream.startsWith(RECONCILIATION_STREAM_PREFIX)) {
      outcomes += outcomeLine(stored);
      counted += 1;
    } else if (READ.has(stored.type)) {
      const event = decodeProjectEvent(stored);
      items += itemLine(event);
      if (event.type === 'EntryReversed') {
        reversals.push(factOf(event).stamp);
      }
      counted += 1;
    }
  }
  await copyRows(client, 'reconcilable_item', ITEM_COLUMNS, items);
  await copyRows(client, 'reconciliation', OUTCOME_COLUMNS, outcomes);
  if (reversals.length > 0) {
    const column = (key: keyof Stamp) => reversals.map((stamp) => stamp[key]);
    const keys = ['reverses', 'eventId', 'position', 'recordedAt', 'effectiveTo'] as const;
    await client.query(MARK_REVERSED, keys.map(column));
  }
  return counted;
}

function itemLine(event: RecordedProjectEvent): string {
  if (event.type !== 'FundsPaid' && event.type !== 'FundsReceived') return '';
  const { stamp } = factOf(event);
  const paid = event.type === 'FundsPaid';
  return copyLine([
    event.id,
    event.projectId,
    paid ? 'payment' : 'receipt',
    event.data.source,
    event.data.amountFen,
    paid ? event.data.basisDocument : event.data.documentNumber,
    paid ? event.data.payee : null,
    stamp.effective,
    stamp.effectiveFrom,
    stamp.effectiveTo,
    stamp.position,
    stamp.recordedAt,
  ]);
}

function outcomeLine(stored: StoredEvent): string {
  const { data, envelope } = decodeStatementReconciled(stored);
  return copyLine([
    stored.position,
    data.reconciliationId,
    data.scope.region,
    envelope.recordedAt,
    JSON.stringify(envelope.actor),
    JSON.stringify(data),
  ]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(`
    select count(*)::text as items, count(reversed_by)::text as reversed,
      coalesce(sum(amount_fen) filter (where reversed_by is null), 0)::text as standing_fen,
      (select count(*)::text from reconciliation) as reconciliations
    from reconcilable_item`);
  return rows[0]!;
}
