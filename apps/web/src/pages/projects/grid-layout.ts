import { FROZEN, type Column } from './columns.js';

export interface GridLayout {
  /** For `grid-template-columns`. What is left of the screen goes to the last column. */
  template: string;
  /** Distance of each frozen column from the left edge. */
  frozenAt: Readonly<Record<string, string>>;
}

/** In em, which is the same in bold headers as in the rows under them. */
const ems = (letters: number): string => `${letters * 0.58}em`;

/** Columns as wide as they are meant, and an amount as wide as its sum: a figure is never cut off. */
export function layoutOf(columns: readonly Column[], sumOf: (column: Column) => string): GridLayout {
  const widths = columns.map((column) =>
    column.isAmount ? Math.max(column.width, sumOf(column).length + 4) : column.width,
  );
  const last = columns.length - 1;
  const frozen = columns.flatMap(({ key }, n) =>
    FROZEN.includes(key) ? [[key, ems(widths.slice(0, n).reduce((sum, width) => sum + width, 0))]] : [],
  );
  return {
    template: widths.map((width, n) => (n === last ? `minmax(${ems(width)}, 1fr)` : ems(width))).join(' '),
    frozenAt: Object.fromEntries(frozen) as Record<string, string>,
  };
}
