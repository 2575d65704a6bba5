import { recordedAnchors } from '#libs/audit-chain/application/recorded-anchors.js';
import type { SealedTextSource } from '#libs/audit-chain/application/sealed-check.js';
import { StoreVerifier } from '#libs/audit-chain/application/store-verifier.js';
import { ReadModelChain } from '#libs/read-models/audit-chain/kept-chain.js';
import type { Platform } from './platform.js';

/** Nothing seals texts yet. */
export const NO_SEALED_TEXTS: SealedTextSource = {
  examine: async () => undefined,
  text: async () => undefined,
};

/** What `taizhang verify` works with: everything that is open, and nothing that is trusted. */
export function storeVerifier({ store, database, runner }: Platform): StoreVerifier {
  return new StoreVerifier({
    store,
    openChain: () => ReadModelChain.open(database),
    recordedAnchors: () => recordedAnchors(store),
    sealed: NO_SEALED_TEXTS,
    projections: runner.names(),
    refold: (name, onProgress) => runner.refold(name, onProgress),
  });
}
