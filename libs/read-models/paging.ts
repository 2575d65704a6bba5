import { Refusal } from '#libs/kernel/refusal.js';
import { isWritable } from '#libs/kernel/text.js';

/** A page of a list: `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  /** From the previous page's `nextCursor`; left out for the first page. */
  cursor?: string;
  /** 1 to `MAX_PAGE_SIZE`. */
  limit: number;
}

export const MAX_PAGE_SIZE = 500;

/**
 * The place behind the last item of a page, as opaque text: the item's sort key, so that pages neither repeat nor
 * skip an item when others are added in between. `list` names the list, and its cursors fit no other.
 */
export function makeCursor(list: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * The parts of a cursor of this list, each in its given shape: they go on into the query's parameters.
 * @throws Refusal `paging.badCursor` for any other text
 */
export function readCursor(list: string, cursor: string, shapes: readonly RegExp[]): string[] {
  const parts = parsed(cursor);
  if (Array.isArray(parts) && parts.length === shapes.length + 1 && parts[0] === list) {
    const key: unknown[] = parts.slice(1);
    const fits = (part: unknown, i: number): part is string =>
      typeof part === 'string' && shapes[i]!.test(part) && isWritable(part);
    if (key.every(fits)) return key;
  }
  throw new Refusal('paging.badCursor', '分页游标无效，请从第一页重新查询', { cursor });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** @throws Refusal `paging.badLimit` */
export function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_SIZE) return limit;
  throw new Refusal('paging.badLimit', `每页条数应为 1 至 ${MAX_PAGE_SIZE} 的整数`, { limit });
}

/** Makes a page of `limit` out of up to `limit + 1` rows in order; `keyOf` gives the sort key of an item. */
export function pageOf<T>(
  list: string,
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly string[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? makeCursor(list, keyOf(last)) : null };
}
