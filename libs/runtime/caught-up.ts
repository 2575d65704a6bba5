import type { QueryBus } from '@nestjs/cqrs';
import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectionRunner } from '#libs/projection/runner.js';
import type { Ask } from '#libs/read-models/read-model-query.js';

/**
 * Waits until the read models show everything that is in the store now.
 * @param only names of projections. Default: all
 * @throws Refusal `projection.behind` naming those that halted, since their figures would be incomplete
 */
export async function caughtUp(
  runner: ProjectionRunner,
  timeoutMs: number,
  only?: readonly string[],
): Promise<void> {
  if (await runner.caughtUp({ timeoutMs, ...(only && { names: only }) })) return;
  const halted = (await runner.standings()).filter(
    ({ state, name }) => state === 'halted' && (only?.includes(name) ?? true),
  );
  const names = halted.map(({ name, error }) => `${name}：${error ?? ''}`).join('；');
  throw new Refusal('projection.behind', `读模型未能跟上事件库，数字不完整（${names || '仍在追赶'}）`, {
    names,
  });
}

/** Puts queries once the read models that each reads show everything that is in the store. @throws as `caughtUp` does */
export function asking(runner: ProjectionRunner, queries: QueryBus, timeoutMs: number): Ask {
  return async (query) => {
    await caughtUp(runner, timeoutMs, query.readsFrom);
    return queries.execute(query);
  };
}
