import { inTransaction } from '#libs/database/transaction.js';
import type { Checkpoint } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { openingForWholeTables } from './finishing.js';
import type { Projection, Work } from './projection.js';

/**
 * Batches between two steps: each derives what they brought, and many small ones would cost more than one at the end. A
 * step comes when half as much again has been read as before the last one.
 */
const BATCHES = { atLeast: 5, atMost: 40 };

/**
 * Derives along the loading of a generation what can be derived early, one step at a time, on a connection of its own:
 * reading events leaves the database half idle. A step that fails is left to the end of the rebuild, which does it again.
 */
export class StepsAlong {
  private readonly work: readonly Work[];
  private next: number;
  private running: Promise<unknown> | undefined;

  constructor(
    private readonly context: RunnerContext,
    projection: Projection,
    private readonly checkpoint: Checkpoint,
  ) {
    this.next = BATCHES.atLeast * context.batchSize;
    this.work = (projection.derivations ?? []).flatMap(({ along }) => along ?? []);
  }

  /** Begins a step where enough has come, unless the one before is still at work. */
  reached(delivered: number): void {
    if (this.running || delivered < this.next) return;
    const { atLeast, atMost } = BATCHES;
    const batches = Math.floor(delivered / this.context.batchSize);
    this.next =
      delivered + Math.min(Math.max(Math.floor(batches / 2), atLeast), atMost) * this.context.batchSize;
    this.running = this.step().finally(() => (this.running = undefined));
  }

  async ended(): Promise<void> {
    await this.running;
  }

  private async step(): Promise<void> {
    const opening = `${openingForWholeTables(this.checkpoint)}; set local synchronous_commit to off`;
    for (const work of this.work) {
      await inTransaction(this.context.pool, work, opening).catch(() => undefined);
    }
  }
}
