import type { Anchor } from '#libs/audit-chain/domain/anchor.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import { auditChainProjection } from './projection.js';

/** Where the chain stands at one event. */
export interface ChainPoint {
  /** Counted from 1 over the whole store. */
  sequence: number;
  position: string;
  eventId: string;
  /** SHA-256 in hex: the head of the chain at this event. */
  hash: string;
}

/**
 * The last event of the chain that fits; null where there is none. `position`: that very event. `recordedBefore`: an
 * instant, exclusive. `withoutAnchors`: events that record an anchor do not count.
 */
export class ChainPointQuery extends ReadModelQuery<ChainPoint | null> {
  constructor(
    readonly params: { position?: string; recordedBefore?: string; withoutAnchors?: boolean } = {},
  ) {
    super(auditChainProjection);
  }
}

/** An anchor as it was signed, with where it is recorded and by whom. */
export interface RecordedAnchor {
  position: string;
  eventId: string;
  actor: Actor;
  anchor: Anchor;
}

/** Anchors in the order in which they were recorded, the latest first. */
export class AnchorsQuery extends ReadModelQuery<Page<RecordedAnchor>> {
  constructor(readonly params: PageRequest) {
    super(auditChainProjection);
  }
}
