import type { KeyObject } from '#libs/kernel/signing.js';
import { ANCHOR_REASONS, faultOfSignature, type Anchor } from './anchor.js';
import { GENESIS, type ChainPlace } from './link.js';
import { problem, type Problems } from './problems.js';

export interface AnchorFigures {
  /** Anchors that were looked at, the same one counted once. */
  readonly total: number;
  /** Signed by a known key, of this store, and met by the events. */
  readonly met: number;
  /** Signed by a known key, and contradicted by the events. */
  readonly contradicted: number;
  /** The last event that a met anchor vouches for; 0 where there is none. */
  readonly upTo: number;
}

/**
 * Holds signed anchors against the chain as recomputed from the events. Whoever rewrites the events can compute a new
 * chain, and cannot sign it.
 */
export class AnchorCheck {
  private readonly good: Anchor[] = [];
  private readonly seen = new Set<string>();
  private readonly hashes = new Map<number, string | undefined>();
  private last: ChainPlace = GENESIS;

  constructor(
    private readonly keys: ReadonlyMap<string, KeyObject>,
    private readonly storeId: string,
    private readonly problems: Problems,
  ) {}

  /** @param from the name of its file, or where else it comes from */
  add(anchor: Anchor, from: string): void {
    if (this.seen.has(anchor.signature)) return;
    this.seen.add(anchor.signature);
    const fault =
      faultOfSignature(anchor, this.keys) ?? (anchor.storeId === this.storeId ? undefined : 'foreign');
    if (fault === undefined) {
      this.good.push(anchor);
      this.hashes.set(anchor.sequence, undefined);
      return;
    }
    const [what, expected, found] = {
      signature: ['签名与内容不符', '该密钥的签名', '不符的签名'] as const,
      unknownKey: [
        '签名的密钥不是所给的公钥',
        [...this.keys.keys()].join('、'),
        anchor.keyFingerprint,
      ] as const,
      foreign: ['属于另一个事件库', this.storeId, anchor.storeId] as const,
    }[fault];
    const { sequence, position } = anchor;
    const message = `锚 ${from}（第 ${sequence} 条）：${what}`;
    this.problems.add(problem(`anchor.${fault}`, { sequence, position, expected, found, message }));
  }

  /** Told every place of the recomputed chain, in order. */
  pass(place: ChainPlace): void {
    this.last = place;
    if (this.hashes.has(place.sequence)) this.hashes.set(place.sequence, place.hash);
  }

  /**
   * @param firstBad the first place where something else was found wrong, which explains a contradiction behind it
   * @param firstOther the first event that is another than in a copy from earlier; undefined: none, or no copy
   */
  finish(firstBad: number, firstOther?: number): AnchorFigures {
    const anchors = this.good.sort((a, b) => a.sequence - b.sequence);
    const met = anchors.filter(({ sequence, head }) => this.hashes.get(sequence) === head);
    const cut = anchors.filter(({ sequence }) => sequence > this.last.sequence);
    const against = anchors.filter((each) => !met.includes(each) && !cut.includes(each));
    this.sayTruncated(cut, firstBad);
    this.sayContradicted(met, against, firstBad, firstOther);
    return {
      total: this.seen.size,
      met: met.length,
      contradicted: against.length + cut.length,
      upTo: met.at(-1)?.sequence ?? 0,
    };
  }

  private sayTruncated([first]: readonly Anchor[], firstBad: number): void {
    const { sequence: end } = this.last;
    if (!first || firstBad <= end + 1) return;
    this.problems.add(
      problem('store.truncated', {
        sequence: end + 1,
        upTo: first.sequence,
        expected: `至少 ${first.sequence} 条事件（${words(first)}）`,
        found: `${end} 条事件`,
        message: `事件库只有 ${end} 条事件，而锚表明曾有 ${first.sequence} 条`,
      }),
    );
  }

  private sayContradicted(
    met: readonly Anchor[],
    against: readonly Anchor[],
    firstBad: number,
    firstOther: number | undefined,
  ): void {
    const [first] = against;
    if (!first || firstBad <= first.sequence) return;
    const before = met.findLast(({ sequence }) => sequence < first.sequence)?.sequence ?? 0;
    const twin = this.good.some(({ sequence, head }) => sequence === first.sequence && head !== first.head);
    const forked = twin || met.some(({ sequence }) => sequence > first.sequence);
    const isKnown = firstOther !== undefined && firstOther > before && firstOther <= first.sequence;
    const sequence = isKnown ? firstOther : before + 1;
    const isExact = isKnown || sequence === first.sequence;
    const where = isExact ? `第 ${sequence} 条` : `第 ${sequence} 至 ${first.sequence} 条之间`;
    this.problems.add(
      problem(forked ? 'chain.forked' : 'history.rewritten', {
        sequence,
        upTo: isExact ? null : first.sequence,
        position: sequence === first.sequence ? first.position : null,
        expected: `${first.head}（${words(first)}）`,
        found: this.hashes.get(first.sequence) ?? null,
        message: forked
          ? `同一密钥签署过两段不同的历史，自${where}起分叉`
          : `事件与审计链被一同改写，起于${where}；没有密钥，锚无法重签`,
      }),
    );
  }
}

function words({ reason, madeAt }: Anchor): string {
  return [ANCHOR_REASONS[reason.kind], reason.subject, madeAt].filter(Boolean).join(' ');
}
