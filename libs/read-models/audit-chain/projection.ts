import { readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import { ANCHOR_STREAM, decodeChainAnchored } from '#libs/audit-chain/domain/anchor-events.js';
import { eventDigest, GENESIS, nextPlace, type ChainPlace } from '#libs/audit-chain/domain/link.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Projection } from '#libs/projection/projection.js';
import { copyLine, copyRows, NULL } from '../copy.js';

const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

const LINK_COLUMNS = ['sequence', 'position', 'event_id', 'event_digest', 'hash', 'recorded_at'] as const;
const ANCHOR_COLUMNS = ['position', 'event_id', 'sequence', 'actor', 'anchor'] as const;
const EVERY_STREAM = '';

/** The hash chain over every event of the store, and the anchors that were recorded. */
export const auditChainProjection: Projection = {
  name: 'audit-chain',
  version: 1,
  streamPrefixes: [EVERY_STREAM],
  onPoison: 'halt',
  tables: sql('tables'),
  indexes: sql('indexes'),
  views: ['chain_link', 'chain_anchor'],
  apply,
  totals,
};

async function apply(events: readonly StoredEvent[], client: PoolClient): Promise<number> {
  let place = await headOf(client);
  let [links, anchors] = ['', ''];
  for (const stored of events) {
    const { id, stream, revision, type, position, data, metadata } = stored;
    const digest = eventDigest({ id, stream, revision, type, data, metadata });
    place = nextPlace(place, digest);
    // Written out for speed: `\\x` is how COPY's text format escapes the `\x` of a bytea.
    links +=
      `${place.sequence}\t${position}\t${id}\t\\\\x${digest}\t\\\\x${place.hash}\t` +
      `${instantOf(metadata['recordedAt'])}\n`;
    if (stream === ANCHOR_STREAM) anchors += anchorLine(stored);
  }
  await copyRows(client, 'chain_link', LINK_COLUMNS, links);
  await copyRows(client, 'chain_anchor', ANCHOR_COLUMNS, anchors);
  return events.length;
}

/** What does not say when it was recorded is chained all the same. */
function instantOf(recordedAt: unknown): string {
  if (typeof recordedAt !== 'string' || !/^[12]\d{3}-/u.test(recordedAt)) return NULL;
  const instant = new Date(recordedAt);
  return Number.isNaN(instant.getTime()) ? NULL : instant.toISOString();
}

async function headOf(client: PoolClient): Promise<ChainPlace> {
  const { rows } = await client.query<{ sequence: string; hash: string }>(
    `select sequence, encode(hash, 'hex') as hash from chain_link order by sequence desc limit 1`,
  );
  const [last] = rows;
  return last ? { sequence: Number(last.sequence), hash: last.hash } : GENESIS;
}

function anchorLine(stored: StoredEvent): string {
  const { anchor, envelope } = decodeChainAnchored(stored);
  const { position, id } = stored;
  return copyLine([position, id, anchor.sequence, JSON.stringify(envelope.actor), JSON.stringify(anchor)]);
}

async function totals(client: PoolClient): Promise<Record<string, string>> {
  const { sequence, hash } = await headOf(client);
  const { rows } = await client.query<{ anchors: string }>(
    'select count(*)::text as anchors from chain_anchor',
  );
  return { links: String(sequence), head: hash, anchors: rows[0]!.anchors };
}
