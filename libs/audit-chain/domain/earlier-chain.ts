import type { ChainPlace } from './link.js';

/** The chain as a copy from earlier tells it, held against the one that is recomputed now, place by place. */
export class EarlierChain {
  /** The first event that is not what it was then; undefined while there is none. */
  firstOther: number | undefined;

  /** @param places of the copy, from the first on */
  constructor(private readonly places: AsyncIterator<ChainPlace, unknown, undefined>) {}

  async pass({ sequence, hash }: ChainPlace): Promise<void> {
    if (this.firstOther !== undefined) return;
    const then = await this.places.next();
    if (!then.done && then.value.hash !== hash) this.firstOther = sequence;
  }

  async close(): Promise<void> {
    await this.places.return?.();
  }
}
