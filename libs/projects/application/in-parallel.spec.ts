import { setImmediate } from 'node:timers/promises';
import { inParallel } from './in-parallel.js';

it('works on every item once, so many at a time and no more', async () => {
  const done: number[] = [];
  let [busy, most] = [0, 0];
  await inParallel([0, 1, 2, 3, 4, 5, 6], 3, async (item) => {
    most = Math.max(most, ++busy);
    await setImmediate();
    busy -= 1;
    done.push(item);
  });
  expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(3);
});

it('begins nothing more behind an error, and throws it', async () => {
  const begun: number[] = [];
  let goOn = (): void => undefined;
  const failed = new Promise<void>((resolve) => (goOn = resolve));
  let other = Promise.resolve();
  const all = inParallel([0, 1, 2, 3], 2, (item) => {
    begun.push(item);
    if (item === 0) return Promise.reject(new Error('the first'));
    return (other = failed);
  });
  await expect(all).rejects.toThrow('the first');
  goOn();
  await other;
  await setImmediate();
  expect(begun).toEqual([0, 1]);
});
