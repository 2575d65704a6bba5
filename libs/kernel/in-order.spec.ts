import { setImmediate } from 'node:timers/promises';
import { inOrder } from './in-order.js';

const all = async <T>(from: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const each of from) found.push(each);
  return found;
};

it('gives results in the order of the items, so many under way at a time and no more', async () => {
  let [busy, most] = [0, 0];
  const slowFirst = async (item: number): Promise<number> => {
    most = Math.max(most, ++busy);
    for (let turn = item; turn < 5; turn += 1) await setImmediate();
    busy -= 1;
    return item * 2;
  };
  expect(await all(inOrder([0, 1, 2, 3, 4, 5], 3, slowFirst))).toEqual([0, 2, 4, 6, 8, 10]);
  expect(most).toBe(3);
  expect(await all(inOrder([], 3, slowFirst))).toEqual([]);
});

it('throws an error in its turn and begins nothing behind it', async () => {
  const begun: number[] = [];
  const seen: number[] = [];
  const work = async (item: number): Promise<number> => {
    begun.push(item);
    if (item === 1) throw new Error('the second');
    return item;
  };
  await expect(
    (async () => {
      for await (const item of inOrder([0, 1, 2, 3, 4], 2, work)) seen.push(item);
    })(),
  ).rejects.toThrow('the second');
  expect([seen, begun]).toEqual([[0], [0, 1, 2]]);
});
