import { idFor } from '#libs/kernel/ids.js';
import { MemoryLog } from '#libs/event-store/memory/memory-log.js';
import type { AppendRequest, EventStore, JsonObject, Position } from '#libs/event-store/port.js';

const NO_DATA: JsonObject = {};

/** The n-th event of the toy accounts: stream `account-{n mod accounts}`, amount n + 1. The same n, the same event. */
export function deposit(
  n: number,
  { accounts = 10, prefix = 'account', data = NO_DATA } = {},
): AppendRequest {
  const id = idFor('deposit', prefix, String(n));
  return {
    stream: `${prefix}-${n % accounts}`,
    expected: 'any',
    events: [{ id, type: 'Deposited', data: { amount: n + 1, ...data }, metadata: {} }],
    command: { id, digest: id },
  };
}

export function deposits(from: number, to: number): AppendRequest[] {
  return Array.from({ length: to - from }, (_, n) => deposit(from + n));
}

/** Appends and answers where the last event is. */
export async function append(store: EventStore, requests: readonly AppendRequest[]): Promise<Position> {
  const result = (await store.append(requests)).at(-1);
  if (!result || result.outcome === 'refused') throw result?.error ?? new Error('nothing was appended');
  return result.position;
}

/** A memory log with an id that is known beforehand: two processes that fill it alike have the same store. */
export function logNamed(storeId: string): MemoryLog {
  return Object.assign(new MemoryLog(), { storeId });
}
