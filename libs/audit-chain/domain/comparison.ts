import type { StoredEvent } from '#libs/event-store/port.js';
import { eventDigest, GENESIS, nextPlace, type ChainPlace } from './link.js';
import { problem, type Problems } from './problems.js';

/** A row of the kept chain. */
export interface ChainLink extends ChainPlace {
  readonly position: string;
  readonly eventId: string;
  readonly digest: string;
}

/** The kept chain, read in order and asked by event. */
export interface KeptChain {
  /** The next link that was not taken, without taking it; undefined behind the last. */
  peek(): Promise<ChainLink | undefined>;
  take(): void;
  /** Where the chain has an event; undefined where it has none of that id. */
  sequenceOf(eventId: string): Promise<number | undefined>;
}

/** Links passed over while looking for the event that the store has; beyond, the two have nothing in common. */
const MOST_MISSING = 10_000;

/**
 * Walks the events of a store beside the chain that was kept of them and names every difference. Events are told apart
 * by their id: the same id with another digest was edited; an id that the chain does not know was inserted; one that
 * the chain has and the store has not was deleted; one at another place was moved.
 */
export class Comparison {
  /** Recomputed over the events, whatever the chain says. */
  place: ChainPlace = GENESIS;
  /** Events behind the end of the chain: the projection has not come to them. */
  unchained = 0;
  /** Links that were compared with an event. */
  compared = 0;
  private lastLink: ChainPlace = GENESIS;
  private brokenSaid = false;
  private readonly missing = new Map<string, ChainLink>();

  constructor(
    private readonly chain: KeptChain,
    private readonly problems: Problems,
  ) {}

  async take(stored: StoredEvent): Promise<void> {
    const { id, stream, revision, type, data, metadata } = stored;
    const digest = eventDigest({ id, stream, revision, type, data, metadata });
    this.place = nextPlace(this.place, digest);
    const link = await this.chain.peek();
    if (link?.eventId === id) return this.match(link, stored, digest);
    const passed = this.missing.get(id);
    if (passed) return this.moved(passed, stored);
    if (!link) {
      this.unchained += 1;
      return;
    }
    const at = await this.chain.sequenceOf(id);
    if (at === undefined || at < link.sequence) return this.inserted(stored, link);
    await this.passOver(at);
    const found = await this.chain.peek();
    if (found) this.match(found, stored, digest);
  }

  /** Says what the store does not have. */
  async finish(): Promise<void> {
    const first = await this.chain.peek();
    let last = first;
    for (let link = first; link; link = await this.chain.peek()) {
      this.consume(link);
      last = link;
    }
    for (const link of this.missing.values()) this.deleted(link);
    if (!first || !last) return;
    const lost = last.sequence - first.sequence + 1;
    this.problems.add(
      problem('store.truncated', {
        sequence: first.sequence,
        position: first.position,
        expected: `第 ${first.sequence} 至 ${last.sequence} 条事件`,
        found: `事件库止于第 ${this.place.sequence} 条`,
        message: `末尾 ${lost} 条事件不在事件库中，自第 ${first.sequence} 条起`,
      }),
    );
  }

  private match(link: ChainLink, stored: StoredEvent, digest: string): void {
    this.consume(link);
    this.compared += 1;
    // The chain's own row was changed where its hash still is that of the event: `consume` has said so.
    if (link.digest === digest || link.hash === this.place.hash) return;
    this.problems.add(
      problem('event.edited', {
        sequence: link.sequence,
        position: stored.position,
        expected: link.digest,
        found: digest,
        message: `第 ${link.sequence} 条事件（${stored.stream} 第 ${stored.revision} 号，${stored.type}）的内容与入链时不同`,
      }),
    );
  }

  private moved(link: ChainLink, stored: StoredEvent): void {
    this.missing.delete(link.eventId);
    this.compared += 1;
    this.problems.add(
      problem('event.reordered', {
        sequence: link.sequence,
        position: link.position,
        expected: `第 ${link.sequence} 条为 ${link.eventId}`,
        found: `该事件在第 ${this.place.sequence} 条`,
        message: `第 ${link.sequence} 条事件（${stored.stream}，${stored.type}）被移到第 ${this.place.sequence} 条`,
      }),
    );
  }

  private inserted(stored: StoredEvent, link: ChainLink): void {
    this.problems.add(
      problem('event.inserted', {
        sequence: this.place.sequence,
        position: stored.position,
        expected: `事件 ${link.eventId}`,
        found: `事件 ${stored.id}`,
        message: `第 ${this.place.sequence} 条事件（${stored.stream} 第 ${stored.revision} 号，${stored.type}）从未入链`,
      }),
    );
  }

  private deleted(link: ChainLink): void {
    this.problems.add(
      problem('event.deleted', {
        sequence: link.sequence,
        position: link.position,
        expected: `事件 ${link.eventId}`,
        found: '没有该事件',
        message: `第 ${link.sequence} 条事件（${link.eventId}）不在事件库中`,
      }),
    );
  }

  private async passOver(sequence: number): Promise<void> {
    for (
      let link = await this.chain.peek();
      link && link.sequence < sequence;
      link = await this.chain.peek()
    ) {
      this.consume(link);
      if (this.missing.size < MOST_MISSING) this.missing.set(link.eventId, link);
      else this.deleted(link);
    }
  }

  /** Takes a link, checking that it follows from the one before. */
  private consume(link: ChainLink): void {
    this.chain.take();
    const expected = nextPlace(this.lastLink, link.digest);
    this.lastLink = link;
    if (this.brokenSaid || (expected.sequence === link.sequence && expected.hash === link.hash)) return;
    this.brokenSaid = true;
    this.problems.add(
      problem('chain.broken', {
        sequence: link.sequence,
        position: link.position,
        expected: `第 ${expected.sequence} 环 ${expected.hash}`,
        found: `第 ${link.sequence} 环 ${link.hash}`,
        message: `审计链第 ${link.sequence} 环不是由上一环推得`,
      }),
    );
  }
}
