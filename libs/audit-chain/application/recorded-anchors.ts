import type { EventStore } from '#libs/event-store/port.js';
import { EventUnreadable } from '#libs/projects/domain/codec-errors.js';
import { ANCHOR_STREAM, decodeChainAnchored } from '../domain/anchor-events.js';
import type { Anchor } from '../domain/anchor.js';

/** Every anchor that the store has recorded, in order; what was made unreadable is left to the chain to report. */
export async function recordedAnchors(store: EventStore): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  for await (const stored of store.readStream(ANCHOR_STREAM)) {
    try {
      anchors.push(decodeChainAnchored(stored).anchor);
    } catch (error) {
      if (!(error instanceof EventUnreadable)) throw error;
    }
  }
  return anchors;
}
