import type { PoolClient } from 'pg';
import { Refusal } from '#libs/kernel/refusal.js';
import { inTransaction } from '#libs/database/transaction.js';
import { checkpointOf } from './checkpoint.js';
import type { RunnerContext } from './context.js';
import { putInForce } from './generations.js';
import type { Projection } from './projection.js';
import { switching } from './switching.js';

/**
 * Puts the generation before in force again; it goes on from where it was left. The present one is kept in its place.
 *
 * @returns the generation now in force
 * @throws Refusal `projection.noPrevious` | `projection.otherVersion`
 */
export function rollback({ pool }: RunnerContext, projection: Projection): Promise<number> {
  const back = async (client: PoolClient): Promise<number> => {
    const live = await checkpointOf(client, projection.name, 'live', 'for update');
    const previous = await checkpointOf(client, projection.name, 'previous', 'for update');
    if (!live || !previous) {
      throw new Refusal('projection.noPrevious', `读模型 ${projection.name} 没有可退回的上一代`, {});
    }
    if (previous.version !== projection.version) {
      const versions = { previous: previous.version, program: projection.version };
      throw new Refusal(
        'projection.otherVersion',
        `读模型 ${projection.name} 的上一代为第 ${versions.previous} 版，本程序为第 ${versions.program} 版，请用相应版本的程序退回`,
        versions,
      );
    }
    await putInForce(client, projection, live, previous);
    return previous.generation;
  };
  return switching(() => inTransaction(pool, back));
}
