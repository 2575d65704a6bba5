/**
 * What `work` makes of each item, in the order of the items, with at most `limit` under way at a time. An error comes in
 * its turn, and nothing is begun behind it; what is under way when the reader leaves is left to end unseen.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const ahead: Promise<R>[] = [];
  for (let next = 0; next < items.length || ahead.length > 0;) {
    while (next < items.length && ahead.length < limit) {
      const begun = work(items[next++]!);
      begun.catch(() => undefined);
      ahead.push(begun);
    }
    yield await ahead.shift()!;
  }
}
