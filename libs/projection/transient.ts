import { ConnectionLost } from '#libs/database/transaction.js';
import { StoreUnavailable } from '#libs/event-store/errors.js';

/**
 * SQLSTATEs that say nothing about the events: connection (08), resources (53), operator intervention (57), system
 * error (58), serialization failure and deadlock (40), lock not available, idle in transaction for too long.
 */
const TRANSIENT_STATE = /^(?:08|53|57|58|40)...$|^55P03$|^25P0[34]$/u;
const TRANSIENT_SYSTEM =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/u;

/** Whether trying the same again later may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionLost || error instanceof StoreUnavailable) return true;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return TRANSIENT_STATE.test(code) || TRANSIENT_SYSTEM.test(code);
  return (
    typeof message === 'string' &&
    /^Connection terminated|^timeout exceeded when trying to connect/u.test(message)
  );
}

/**
 * Whether the statement itself is wrong (SQLSTATE class 42: no such table, no such column, no permission): then
 * every event would fail, and setting one stream after the other aside would hide it.
 */
export function isProgramError(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^42...$/u.test(code);
}

const LONGEST_BACKOFF_MS = 5_000;

/** Doubles with each failure in a row and is spread at random, so that workers do not come back all at once. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 50 * 2 ** failures) * (0.5 + Math.random() / 2);
}
