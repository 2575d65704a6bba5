import type { Page } from './paging.js';

/** All items of a list, page by page. */
export async function allPages<T>(read: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: { cursor?: string } | undefined = {};
  while (cursor) {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor === null ? undefined : { cursor: page.nextCursor };
  }
  return items;
}
