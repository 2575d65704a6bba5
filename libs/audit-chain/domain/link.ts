import type { StoredEvent } from '#libs/event-store/port.js';
import { digestOf, digestOfBytes } from '#libs/kernel/canonical.js';

/** What is hashed of an event: all that it is, but not where a store keeps it, so that every store chains alike. */
export type ChainedEvent = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'type' | 'data' | 'metadata'>;

/** A place in the chain: events are counted from 1 without gaps; 0 is the place before the first. */
export interface ChainPlace {
  readonly sequence: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** Before the first event. */
export const GENESIS: ChainPlace = { sequence: 0, hash: '0'.repeat(64) };

/** SHA-256 in hex over the canonical text (RFC 8785) of the six fields of an event. */
export function eventDigest({ id, stream, revision, type, data, metadata }: ChainedEvent): string {
  return digestOf({ data, id, metadata, revision, stream, type });
}

/**
 * The place behind `previous`: its hash is over the canonical text of its own sequence, the hash before it and the
 * digest of the event, so none of the three can be exchanged.
 */
export function nextPlace(previous: ChainPlace, digest: string): ChainPlace {
  const sequence = previous.sequence + 1;
  // Written out, it is called once an event: this is the RFC 8785 text of { event, previous, sequence }.
  const text = `{"event":"${digest}","previous":"${previous.hash}","sequence":${sequence}}`;
  return { sequence, hash: digestOfBytes(Buffer.from(text)) };
}
