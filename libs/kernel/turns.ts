import { setImmediate } from 'node:timers/promises';

/** Work that took longer lets others of this process have their turn: requests are answered, leases are renewed. */
const TURN_MS = 20;

/** Keeps the time of long work on the one thread that all requests share. */
export class Turns {
  private since = performance.now();

  /** @param longest turn in milliseconds */
  constructor(private readonly longest = TURN_MS) {}

  /** Call often: it costs a look at the clock, and hands over only when the turn is over. */
  async handOver(): Promise<void> {
    if (performance.now() - this.since < this.longest) return;
    await setImmediate();
    this.since = performance.now();
  }
}

/** Maps many items, handing over between them. */
export async function mapInTurns<T, R>(items: readonly T[], of: (item: T) => R): Promise<R[]> {
  const turns = new Turns();
  const results: R[] = [];
  for (const item of items) {
    results.push(of(item));
    await turns.handOver();
  }
  return results;
}

/** Runs pure work that yields after each small step, handing over between the steps. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  const turns = new Turns();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await turns.handOver();
  }
}
