/** Rows are fetched in stretches of this size, the ones in sight and their neighbours. */
export const STRETCH = 100;

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

/** Numbers of the stretches that rows from `from` to `to` lie in. */
export function stretchesOf({ from, to }: Sight): number[] {
  if (to <= from) return [];
  const first = Math.floor(from / STRETCH);
  const last = Math.floor((to - 1) / STRETCH);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
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
