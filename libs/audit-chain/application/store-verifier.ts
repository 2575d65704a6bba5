import type { EventStore, StoredEvent } from '#libs/event-store/port.js';
import type { KeyObject } from '#libs/kernel/signing.js';
import type { RefoldOptions, RefoldReport } from '#libs/projection/refold.js';
import { AnchorCheck, type AnchorFigures } from '../domain/anchor-check.js';
import type { Anchor } from '../domain/anchor.js';
import { Comparison, type KeptChain } from '../domain/comparison.js';
import type { EarlierChain } from '../domain/earlier-chain.js';
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
  /** Folds all projections anew from the events, which it takes to their end, and compares those that are wanted. */
  refold(events: AsyncIterable<StoredEvent>, options: Omit<RefoldOptions, 'signal'>): Promise<RefoldReport[]>;
}

export interface VerifyRequest {
  files: readonly AnchorFile[];
  keys: ReadonlyMap<string, KeyObject>;
  /** The chain in a bundle from earlier, which holds: it tells where a history was rewritten. */
  earlier?: EarlierChain;
  onProgress?: (stage: string, done: number, of: number) => void;
}

/** The chain of the read model is compared by itself; its other tables only where the events are what they were. */
const CHAIN = 'audit-chain';

/**
 * Checks a store: events against chain and anchors, read tables against a fold of the events, sealed texts. All events
 * are read once, for chain and tables alike.
 */
export class StoreVerifier {
  constructor(private readonly parts: VerifierParts) {}

  /** @throws StoreUnavailable, ForeignCheckpoint; whatever is wrong with the data is in the answer */
  async verify({ files, keys, earlier, onProgress = () => undefined }: VerifyRequest): Promise<Verification> {
    const problems = new Problems();
    const storeId = await this.parts.store.storeId();
    const check = new AnchorCheck(keys, storeId, problems);
    for (const { name, anchor } of files) {
      if (anchor) check.add(anchor, name);
      else problems.add(unreadable(name));
    }
    for (const anchor of await this.parts.recordedAnchors()) check.add(anchor, '事件库中的记录');

    const pass = new ChainPass(
      this.parts,
      await this.parts.openChain(),
      { check, earlier },
      problems,
      onProgress,
    );
    const reports = await this.parts.refold(pass.events(), {
      wanted: (name) => name !== CHAIN || problems.count === 0,
      onCompare: onProgress,
    });
    for (const report of reports) for (const found of tableProblems(report)) problems.add(found);
    return verification(problems, {
      storeId,
      ...pass.figures(),
      anchors: pass.anchors!,
      keyFingerprints: [...keys.keys()],
      tables: {
        projections: reports.length,
        tables: reports.reduce((sum, { tables }) => sum + tables.length, 0),
        rows: reports.flatMap(({ tables }) => tables).reduce((sum, { rows }) => sum + rows, 0),
      },
    });
  }
}

/** Compares events with chain, anchors and sealed texts while they are handed on to be folded. */
class ChainPass {
  anchors: AnchorFigures | undefined;
  private readonly comparison: Comparison;
  private readonly sealed: PlacedReference[] = [];

  constructor(
    private readonly parts: VerifierParts,
    private readonly chain: KeptChain & { readonly end: number },
    private readonly against: { check: AnchorCheck; earlier: EarlierChain | undefined },
    private readonly problems: Problems,
    private readonly onProgress: NonNullable<VerifyRequest['onProgress']>,
  ) {
    this.comparison = new Comparison(chain, problems);
  }

  /** Behind the last of them all is found that is wrong with them. */
  async *events(): AsyncGenerator<StoredEvent> {
    const { comparison, problems } = this;
    const { check, earlier } = this.against;
    for await (const event of everyEvent(this.parts.store)) {
      await comparison.take(event);
      check.pass(comparison.place);
      await earlier?.pass(comparison.place);
      const { sequence } = comparison.place;
      const { type, stream, position } = event;
      if (isSealing(type)) {
        const references = sealedIn({ type, stream, data: event.data });
        this.sealed.push(...references.map((each) => ({ ...each, sequence, position })));
      }
      if (sequence % 1_000 === 0) this.onProgress('事件', sequence, Math.max(this.chain.end, sequence));
      yield event;
    }
    await comparison.finish();
    await earlier?.close();
    this.anchors = check.finish(firstPlaceOf(problems), earlier?.firstOther);
    for (const found of await sealedProblems(this.sealed, this.parts.sealed)) problems.add(found);
  }

  figures(): Pick<Verification, 'events' | 'head' | 'unchained' | 'sealed'> {
    const { place, unchained } = this.comparison;
    return { events: place.sequence, head: place.hash, unchained, sealed: this.sealed.length };
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
