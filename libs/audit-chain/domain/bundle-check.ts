import { RunningDigest } from '#libs/kernel/canonical.js';
import type { KeyObject } from '#libs/kernel/signing.js';
import { AnchorCheck, type AnchorFigures } from './anchor-check.js';
import type { BundleHeader, BundleLine, EventLine } from './bundle.js';
import { eventDigest, GENESIS, nextPlace, type ChainedEvent, type ChainPlace } from './link.js';
import { problem, type Problems } from './problems.js';

/** Numbers of lines that were jumped over and may still come; beyond, each is said to be missing at once. */
const MOST_GAPS = 10_000;
/** Sealed digests that events name; a real store seals a few a year. */
const MOST_SEALED = 100_000;

/** Takes the lines of a bundle one by one and says what is wrong with them. Memory does not grow with the bundle. */
export class BundleCheck {
  /** Recomputed over the digests of the events as they are in the file. */
  place: ChainPlace = GENESIS;
  withheld = 0;
  sealedTexts = 0;
  private readonly anchors: AnchorCheck;
  private stated: ChainPlace = GENESIS;
  private readonly gaps = new Set<number>();
  private readonly sealedByEvents = new Set<string>();
  private sealing: { digest: string; running: RunningDigest } | undefined;
  private end: { events: number; head: string } | undefined;
  private brokenSaid = false;

  constructor(
    { storeId }: BundleHeader,
    keys: ReadonlyMap<string, KeyObject>,
    private readonly problems: Problems,
    private readonly sealedIn: (event: ChainedEvent) => readonly string[],
  ) {
    this.anchors = new AnchorCheck(keys, storeId, problems);
  }

  take(line: BundleLine): void {
    if (line.kind !== 'sealed') this.closeSealed();
    if (line.kind === 'event') this.event(line.line);
    else if (line.kind === 'anchor') this.anchors.add(line.anchor, '证据包中的锚');
    else if (line.kind === 'sealed') this.sealed(line);
    else if (line.kind === 'end') this.end = line;
  }

  finish(firstBad: () => number): AnchorFigures {
    this.closeSealed();
    for (const sequence of this.gaps) this.missing(sequence);
    this.ending();
    return this.anchors.finish(firstBad());
  }

  private ending(): void {
    const { sequence, hash } = this.stated;
    const found = `${this.place.sequence} 条事件，末环 ${hash}`;
    const expected = this.end ? `${this.end.events} 条事件，末环 ${this.end.head}` : '结尾行';
    if (!this.end || this.end.events > sequence) {
      const message = `证据包不完整：止于第 ${sequence} 条事件`;
      this.problems.add(problem('store.truncated', { sequence: sequence + 1, expected, found, message }));
    } else if (this.end.events < sequence || this.end.head !== hash) {
      const message = `证据包的结尾与第 ${sequence} 条事件不相接`;
      this.problems.add(problem('chain.broken', { sequence, expected, found, message }));
    }
  }

  private event({ sequence, digest, hash, event }: EventLine): void {
    this.placeOf(sequence);
    const actual = event ? eventDigest(event as ChainedEvent) : digest;
    this.place = nextPlace(this.place, actual);
    this.anchors.pass(this.place);
    if (!event) this.withheld += 1;
    if (actual !== digest) {
      const message = `第 ${sequence} 条事件（${event!.stream} 第 ${event!.revision} 号，${event!.type}）的内容与入链时不同`;
      this.problems.add(problem('event.edited', { sequence, expected: digest, found: actual, message }));
    }
    this.follows({ sequence, hash }, digest);
    if (event && this.sealedByEvents.size < MOST_SEALED) {
      for (const each of this.sealedIn(event as ChainedEvent)) this.sealedByEvents.add(each);
    }
  }

  /** The line's number against the one before it. */
  private placeOf(sequence: number): void {
    const next = this.stated.sequence + 1;
    if (sequence === next) return;
    if (sequence > next) {
      for (let n = next; n < sequence; n++) {
        if (this.gaps.size >= MOST_GAPS) return this.missing(n, sequence - 1);
        this.gaps.add(n);
      }
      return;
    }
    const moved = this.gaps.delete(sequence);
    const message = moved ? `第 ${sequence} 条事件不在其位` : `第 ${sequence} 条事件出现了两次，或在此被插入`;
    const found = `第 ${sequence} 条在第 ${this.stated.sequence} 条之后`;
    const expected = `第 ${next} 条`;
    this.problems.add(
      problem(moved ? 'event.reordered' : 'event.inserted', { sequence, expected, found, message }),
    );
  }

  private follows(line: ChainPlace, digest: string): void {
    const { sequence, hash } = line;
    const expected = nextPlace(this.stated, digest);
    const [inOrder, fits] = [sequence === expected.sequence, hash === expected.hash];
    if (sequence > this.stated.sequence) this.stated = line;
    if (!inOrder || fits || this.brokenSaid) return;
    this.brokenSaid = true;
    const message = `第 ${sequence} 条事件与上一条不相接：此处有事件被改动、插入、删除或调换`;
    this.problems.add(problem('chain.broken', { sequence, expected: expected.hash, found: hash, message }));
  }

  private missing(sequence: number, upTo?: number): void {
    const message = `第 ${sequence}${upTo ? ` 至 ${upTo}` : ''} 条事件不在证据包中`;
    this.problems.add(
      problem('event.deleted', { sequence, upTo: upTo ?? null, expected: `第 ${sequence} 条事件`, message }),
    );
  }

  private sealed({ digest, text }: { digest: string; text: string }): void {
    if (this.sealing?.digest !== digest) {
      this.closeSealed();
      this.sealing = { digest, running: new RunningDigest() };
    }
    this.sealing.running.add(text);
  }

  private closeSealed(): void {
    if (!this.sealing) return;
    const { digest, running } = this.sealing;
    this.sealing = undefined;
    this.sealedTexts += 1;
    const found = running.end();
    if (found !== digest) {
      this.problems.add(
        problem('sealed.edited', { expected: digest, found, message: `封存内容 ${digest} 与其摘要不符` }),
      );
    } else if (!this.sealedByEvents.has(digest)) {
      const message = `内容 ${digest} 不是证据包中任何事件所封存的`;
      this.problems.add(problem('sealed.edited', { expected: '由事件封存的摘要', found: digest, message }));
    }
  }
}
