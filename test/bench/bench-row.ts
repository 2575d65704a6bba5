/** One line of the benchmark: events or appends a second, and their ratio to a rival of the same run. */
export interface BenchRow {
  readonly name: string;
  readonly perSecond: number;
  /** Of single questions, where how long one takes is what matters. */
  readonly milliseconds?: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly ratioTo?: { readonly name: string; readonly ratio: number };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
