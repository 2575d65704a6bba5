/** A small seeded generator of random numbers (mulberry32): the same words give the same numbers everywhere. */
export class Random {
  private state: number;

  constructor(...seed: readonly (string | number)[]) {
    this.state = hashOf(seed.join('/'));
  }

  /** In [0, 1). Decides what happens; never an amount of money. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  pick<const C extends readonly [unknown, ...unknown[]]>(choices: C): C[number] {
    return choices[this.int(0, choices.length - 1)] ?? choices[0];
  }
}

/** FNV-1a over the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
