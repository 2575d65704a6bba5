import type { Pool } from 'pg';
import { liveCheckpoints } from './checkpoint.js';
import type { Projection } from './projection.js';
import type { Signals } from './signals.js';

/**
 * Resolves true once no older version of a projection is in force, false after `timeoutMs`. Somebody has to be building
 * what is missing, and the signals have to be open.
 */
export function untilNoneIsOlder(
  pool: Pool,
  signals: Signals,
  projections: readonly Projection[],
  timeoutMs: number,
): Promise<boolean> {
  const names = projections.map(({ name }) => name);
  const noneIsOlder = async (): Promise<boolean> => {
    const live = await liveCheckpoints(pool, names);
    return projections.every(
      ({ name, version }) => !live.some((found) => found.projection === name && found.version < version),
    );
  };
  return new Promise((resolve) => {
    const end = (answer: false | Promise<boolean>) => {
      clearTimeout(timer);
      dispose();
      resolve(answer);
    };
    const look = () => {
      const looked = noneIsOlder();
      void looked.then(
        (reached) => reached && end(looked),
        () => end(looked),
      );
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    const dispose = signals.on(({ kind }) => {
      if (kind === 'switched' || kind === 'resumed') look();
    });
    look();
  });
}
