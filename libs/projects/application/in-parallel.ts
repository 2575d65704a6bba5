/** Runs `work` over all items, at most `limit` at a time; the first error ends it, and nothing more is begun. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // Whoever leaves a generator ends it for all; the iterator of an array would go on.
  const rest = eachOf(items);
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

function* eachOf<T>(items: readonly T[]): Generator<T, void, undefined> {
  yield* items;
}
