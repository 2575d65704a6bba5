import { recordedAnchors } from '#libs/audit-chain/application/recorded-anchors.js';
import { StoreVerifier } from '#libs/audit-chain/application/store-verifier.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { ReadModelChain } from '#libs/read-models/audit-chain/kept-chain.js';
import type { Platform } from './platform.js';

/** What `taizhang verify` works with: everything that is open, and nothing that is trusted. */
export function storeVerifier({ store, database, runner }: Platform): StoreVerifier {
  return new StoreVerifier({
    store,
    openChain: () => ReadModelChain.open(database),
    recordedAnchors: () => recordedAnchors(store),
    sealed: new SealedTexts(database),
    refold: (events, options) => runner.refold(runner.names(), events, options),
  });
}
