import type { PivotTable } from './pivot.js';

export interface HeaderCell {
  label: string;
  span: number;
  /** Over both lines of the header. */
  tall: boolean;
}

/** Columns of one group stand under it; the others reach over both lines. */
export function headerRows(columns: PivotTable['columns']): {
  upper: HeaderCell[];
  lower: { label: string }[];
} {
  const upper: HeaderCell[] = [];
  const lower: { label: string }[] = [];
  for (const { label, group } of columns) {
    if (group === undefined) upper.push({ label, span: 1, tall: true });
    else {
      const last = upper.at(-1);
      if (last && !last.tall && last.label === group) last.span += 1;
      else upper.push({ label: group, span: 1, tall: false });
      lower.push({ label });
    }
  }
  return { upper, lower };
}
