import type { EventStore } from '#libs/event-store/port.js';
import type { Anchor } from '../domain/anchor.js';
import { inScope, type BundleScope } from '../domain/bundle-scope.js';
import { BUNDLE_FORMAT, type BundleHeader, type EventLine } from '../domain/bundle.js';
import { eventDigest, GENESIS, nextPlace } from '../domain/link.js';
import { sealedIn, type SealedTextSource } from './sealed-check.js';
import { everyEvent } from './store-verifier.js';

export interface BundleParts {
  store: EventStore;
  /** Every anchor there is, of files and of the store. */
  anchors: readonly Anchor[];
  /** PEM of the keys that signed them. */
  publicKeys: string;
  sealed: SealedTextSource;
  /** Projects of the region, where the scope names one. */
  projectIds: ReadonlySet<string>;
  now?: Date;
}

/** The lines of a bundle, each with its line end. The chain in it is computed from the events, not copied. */
export async function* bundleLines(
  { store, anchors, publicKeys, sealed, projectIds, now = new Date() }: BundleParts,
  scope: BundleScope,
  onProgress: (events: number) => void = () => undefined,
): AsyncGenerator<string> {
  const storeId = await store.storeId();
  const header: BundleHeader = {
    bundle: BUNDLE_FORMAT,
    storeId,
    scope: { ...scope },
    madeAt: now.toISOString(),
    publicKeys,
  };
  yield line(header);
  for (const anchor of anchors) yield line({ anchor });
  const digests = new Set<string>();
  let place = GENESIS;
  for await (const stored of everyEvent(store)) {
    const { id, stream, revision, type, data, metadata } = stored;
    const event = { id, stream, revision, type, data, metadata };
    const digest = eventDigest(event);
    place = nextPlace(place, digest);
    const entry: EventLine = { ...place, digest };
    if (inScope(event, scope, projectIds)) {
      yield line({ ...entry, event });
      for (const each of sealedIn(event)) digests.add(each.digest);
    } else {
      yield line(entry);
    }
    if (place.sequence % 1_000 === 0) onProgress(place.sequence);
  }
  for (const digest of digests) {
    const parts = await sealed.text(digest);
    if (parts) for await (const text of parts) yield line({ sealed: digest, text });
  }
  yield line({ end: { events: place.sequence, head: place.hash } });
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
