import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, isTransient } from './transient.js';

const MAX_FAILURES = 20;

/**
 * Does what puts a generation in force, again where readers held the views: who waited on would block all others, or end
 * one of them as a deadlock.
 *
 * @param attempt one transaction, `putInForce` in it
 */
export async function switching<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || failures === MAX_FAILURES || signal?.aborted) throw error;
      await delay(backoffMs(failures));
    }
  }
}
