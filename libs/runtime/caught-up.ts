import { Refusal } from '#libs/kernel/refusal.js';
import type { ProjectionRunner } from '#libs/projection/runner.js';

/**
 * Waits until the read models show everything that is in the store now.
 * @throws Refusal `projection.behind` naming those that halted, since their figures would be incomplete
 */
export async function caughtUp(runner: ProjectionRunner, timeoutMs: number): Promise<void> {
  if (await runner.caughtUp({ timeoutMs })) return;
  const halted = (await runner.status()).filter(({ state }) => state === 'halted');
  const names = halted.map(({ name, error }) => `${name}:${error ?? ''}`).join(';');
  throw new Refusal('projection.behind', `读模型未能跟上事件库,数字不完整(${names || '仍在追赶'})`, {
    names,
  });
}
