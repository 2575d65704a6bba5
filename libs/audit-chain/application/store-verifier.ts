import type { EventStore, StoredEvent } from '#libs/event-store/port.js';
import type { KeyObject } from '#libs/kernel/signing.js';
import type { RefoldReport } from '#libs/projection/refold.js';
import { AnchorCheck } from '../domain/anchor-check.js';
import type { Anchor } from '../domain/anchor.js';
import { Comparison, type KeptChain } from '../domain/comparison.js';
import { problem, Problems } from '../domain/problems.js';
import type { AnchorFile } from './anchor-folder.js';
import {
  isSealing,
  sealedIn,
  sealedProblems,
  type PlacedReference,
  type SealedTextSource,
} from './sealed-check.js';
import { tableProblems } from './table-check.js';
import { firstPlaceOf, verification, type Verification } from './verification.js';

/** What it is checked against comes from outside the database: files and keys. */
export interface VerifierParts {
  store: EventStore;
  /** The chain as it is kept. */
  openChain(): Promise<KeptChain & { readonly end: number }>;
  /** Anchors recorded in the store. */
  recordedAnchors(): Promise<readonly Anchor[]>;
  sealed: SealedTextSource;
  /** The projections whose tables are compared, by name. */
  projections: readonly string[];
  refold(name: string, onProgress: (events: number, of: number) => void): Promise<RefoldReport>;
}

export interface VerifyRequest {
  files: readonly AnchorFile[];
  keys: ReadonlyMap<string, KeyObject>;
  onProgress?: (stage: string, done: number, of: number) => void;
}

/** The chain of the read model is compared by itself; its other tables only where the events are what they were. */
const CHAIN = 'audit-chain';

/** Checks a store: events against chain and anchors, read tables against a fold of the events, sealed texts. */
export class StoreVerifier {
  constructor(private readonly parts: VerifierParts) {}

  /** @throws StoreUnavailable, ForeignCheckpoint; whatever is wrong with the data is in the answer */
  async verify({ files, keys, onProgress = () => undefined }: VerifyRequest): Promise<Verification> {
    const problems = new Problems();
    const storeId = await this.parts.store.storeId();
    const check = new AnchorCheck(keys, storeId, problems);
    for (const { name, anchor } of files) {
      if (anchor) check.add(anchor, name);
      else problems.add(unreadable(name));
    }
    for (const anchor of await this.parts.recordedAnchors()) check.add(anchor, '事件库中的记录');

    const chain = await this.parts.openChain();
    const comparison = new Comparison(chain, problems);
    const sealed: PlacedReference[] = [];
    for await (const event of everyEvent(this.parts.store)) {
      await comparison.take(event);
      check.pass(comparison.place);
      const { sequence } = comparison.place;
      const { type, stream, position } = event;
      if (isSealing(type)) {
        const references = sealedIn({ type, stream, data: event.data });
        sealed.push(...references.map((each) => ({ ...each, sequence, position })));
      }
      if (sequence % 1_000 === 0) onProgress('审计链', sequence, Math.max(chain.end, sequence));
    }
    await comparison.finish();
    const anchors = check.finish(firstPlaceOf(problems));
    for (const found of await sealedProblems(sealed, this.parts.sealed)) problems.add(found);
    const tables = await this.tables(problems, onProgress);
    return verification(problems, {
      storeId,
      events: comparison.place.sequence,
      head: comparison.place.hash,
      unchained: comparison.unchained,
      anchors,
      keyFingerprints: [...keys.keys()],
      tables,
      sealed: sealed.length,
    });
  }

  private async tables(
    problems: Problems,
    onProgress: NonNullable<VerifyRequest['onProgress']>,
  ): Promise<Verification['tables']> {
    const chainStands = problems.count === 0;
    const figures = { projections: 0, tables: 0, rows: 0 };
    for (const name of this.parts.projections) {
      if (name === CHAIN && !chainStands) continue;
      const report = await this.parts.refold(name, (events, of) => onProgress(name, events, of));
      for (const found of tableProblems(report)) problems.add(found);
      figures.projections += 1;
      figures.tables += report.tables.length;
      figures.rows += report.tables.reduce((sum, { rows }) => sum + rows, 0);
    }
    return figures;
  }
}

/** All that is stored now, in order. */
export async function* everyEvent(store: EventStore): AsyncGenerator<StoredEvent> {
  const ending = new AbortController();
  try {
    for await (const item of store.feed({ signal: ending.signal })) {
      if (item.kind === 'caughtUp') return;
      if (item.kind === 'event') yield item.event;
    }
  } finally {
    ending.abort();
  }
}

export function unreadable(name: string) {
  return problem('anchor.unreadable', {
    message: `${name} 不是锚文件`,
    expected: 'taizhang-anchor-1',
    found: name,
  });
}
