import type { NewEvent, StoredEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import { envelopeCheck } from '#libs/projects/domain/envelope-codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { isAnchor, type Anchor } from './anchor.js';

/** One stream holds all anchors: that one was made can then not be hidden by taking its file away. */
export const ANCHOR_STREAM = 'chain-anchors';
export const CHAIN_ANCHORED = 'ChainAnchored';

const SCHEMA_VERSION = 1;

/** @throws EventUnwritable */
export function encodeChainAnchored(
  anchor: Anchor,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent {
  const metadata: Envelope = { ...envelope, schemaVersion: SCHEMA_VERSION };
  const path = misfit(anchor, metadata);
  if (path) throw new EventUnwritable(CHAIN_ANCHORED, path, 'must fit its schema');
  return {
    id,
    type: CHAIN_ANCHORED,
    data: anchor,
    metadata: metadata as unknown as JsonObject,
  };
}

/** @throws EventUnreadable */
export function decodeChainAnchored(stored: StoredEvent): { anchor: Anchor; envelope: Envelope } {
  const { stream, revision, type, data, metadata } = stored;
  const path = type === CHAIN_ANCHORED ? misfit(data, metadata) : '/type';
  if (path) throw new EventUnreadable(stream, revision, type, path, 'an anchor of the audit chain');
  return { anchor: data as unknown as Anchor, envelope: metadata as unknown as Envelope };
}

function misfit(data: unknown, metadata: unknown): string | undefined {
  if (!envelopeCheck.Check(metadata)) return '/metadata';
  return isAnchor(data) ? undefined : '/data';
}
