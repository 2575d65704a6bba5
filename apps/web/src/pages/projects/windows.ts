/** Rows are fetched in stretches of this size: the ones in sight, and those next to them before they come into sight. */
export const STRETCH = 250;

/** Rows drawn above and below those in sight, so that quick scrolling meets rows and not a void. */
const MARGIN = 12;

export interface Sight {
  /** First row to draw, and the one behind the last. */
  from: number;
  to: number;
}

export function sightOf(scrollTop: number, height: number, rowHeight: number, total: number): Sight {
  const first = Math.floor(scrollTop / rowHeight) - MARGIN;
  const last = Math.ceil((scrollTop + height) / rowHeight) + MARGIN;
  return { from: Math.max(0, Math.min(first, total)), to: Math.max(0, Math.min(last, total)) };
}

/** Numbers of the stretches that rows from `from` to `to` lie in, then of their neighbours in a table of `total` rows. */
export function stretchesOf({ from, to }: Sight, total: number): number[] {
  if (to <= from) return [];
  const first = Math.floor(from / STRETCH);
  const last = Math.floor((to - 1) / STRETCH);
  const end = Math.ceil(total / STRETCH);
  const inSight = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  return [...inSight, last + 1, first - 1].filter((stretch) => stretch >= 0 && stretch < end);
}

/** The row that a key leads to; undefined for a key that does not move. */
export function rowAfter(key: string, row: number, pageRows: number, total: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + pageRows,
    PageUp: row - pageRows,
    Home: 0,
    End: total - 1,
  };
  const target = moves[key];
  return target === undefined ? undefined : Math.max(0, Math.min(target, total - 1));
}
