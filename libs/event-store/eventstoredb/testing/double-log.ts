/** A record as the double keeps it: what a server would have written to its log. */
export interface LogRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position, which are one without transactions. */
  readonly at: bigint;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Proposed = Pick<LogRecord, 'id' | 'type' | 'data' | 'metadata'>;
export type Expected = 'any' | 'none' | 'exists' | number;
export type Appended = { readonly last: LogRecord } | { readonly actual: number };

/** Room a record takes beside its bytes, so that positions have gaps as real ones have. */
const RECORD_OVERHEAD = 100;

/** The log of the double: in memory, and as long as the object lives, whatever happens to the server before it. */
export class DoubleLog {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly listeners = new Set<() => void>();
  private end = 0n;

  /** A new log begins with a record of the server itself, as a real one does. */
  constructor() {
    const text = (value: string) => new TextEncoder().encode(value);
    this.append('$users', 'any', [
      { id: crypto.randomUUID(), type: '$UserCreated', data: text('{}'), metadata: text('') },
    ]);
  }

  stream(name: string): readonly LogRecord[] {
    return this.streams.get(name) ?? [];
  }

  append(stream: string, expected: Expected, proposed: readonly Proposed[]): Appended {
    const before = this.stream(stream);
    const actual = before.length - 1;
    const known = this.storedBefore(before, expected, proposed);
    if (known) return { last: known };
    const met = expected === 'any' || (expected === 'exists' ? actual >= 0 : actual === revisionOf(expected));
    if (!met) return { actual };
    const added = proposed.map((record, n) => this.place(record, stream, actual + 1 + n));
    this.streams.set(stream, [...before, ...added]);
    this.records.push(...added);
    for (const listener of [...this.listeners]) listener();
    return { last: added.at(-1)! };
  }

  /** The server takes an append as done where these very record ids stand behind the expected revision. */
  private storedBefore(
    before: readonly LogRecord[],
    expected: Expected,
    proposed: readonly Proposed[],
  ): LogRecord | undefined {
    const start =
      typeof expected === 'number' || expected === 'none'
        ? revisionOf(expected) + 1
        : before.findIndex((record) => record.id === proposed[0]?.id);
    if (start < 0 || proposed.length === 0) return undefined;
    const stored = before.slice(start, start + proposed.length);
    const same =
      stored.length === proposed.length && stored.every((record, n) => record.id === proposed[n]?.id);
    return same ? stored.at(-1) : undefined;
  }

  private place(record: Proposed, stream: string, revision: number): LogRecord {
    const at = this.end;
    this.end += BigInt(RECORD_OVERHEAD + record.data.length + record.metadata.length);
    return { ...record, stream, revision, at };
  }

  /** Calls back after every append, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function revisionOf(expected: number | 'none'): number {
  return expected === 'none' ? -1 : expected;
}
