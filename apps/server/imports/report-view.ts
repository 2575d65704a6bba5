import type { RowReport } from '#libs/exchange/report/report.js';
import type { Json, JsonObject } from '#libs/kernel/json.js';
import { toView } from '../dto/money-fields.js';

/** Changes of a row with their amounts in fen and yuan; `totalInvestmentFen` is told as `totalInvestment`. */
export function rowViews(rows: readonly RowReport[]): RowReport[] {
  return rows.map((row) => (row.changes ? { ...row, changes: row.changes.map(changeView) } : row));
}

type Change = NonNullable<RowReport['changes']>[number];

function changeView({ field, ...sides }: Change): Change {
  const named = Object.entries(sides).map(([side, value]): [string, Json] => {
    const view = toView({ [field]: value }) as JsonObject;
    return [side, Object.values(view)[0]!];
  });
  return { field: field.replace(/(?<=\w)Fen$/u, ''), ...Object.fromEntries(named) };
}
