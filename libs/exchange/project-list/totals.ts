import { moneyView, printWan, type Fen, type MoneyView } from '#libs/kernel/money.js';
import { columnLetter } from '../table/sheet.js';
import { readAmount } from '../layout/amounts.js';
import { isTotal } from '../layout/header.js';
import type { Column } from './columns.js';
import { labelOf } from './meanings.js';
import { Findings, type Finding } from '../layout/finding.js';
import type { ListLayout } from './layout.js';
import { sumOfFunding, type ListRow } from './list-row.js';

export interface ListTotals {
  projects: number;
  total: MoneyView;
  selfRaised: MoneyView;
}

/** What the rows of a list add up to, held ones included as far as their amounts can be read. */
export function sumRows(rows: readonly ListRow[]): ListTotals {
  return {
    projects: rows.length,
    total: moneyView(rows.reduce((sum, { totalFen = 0n }) => sum + totalFen, 0n)),
    selfRaised: moneyView(rows.reduce((sum, { funding }) => sum + sumOfFunding(funding, 'SelfRaised'), 0n)),
  };
}

/** A total row as printed; a column is absent where the row prints nothing. */
export interface PrintedTotal {
  row: number;
  label: string;
  total?: MoneyView;
  selfRaised?: MoneyView;
}

/**
 * What a row that adds others up is called: 合计, 总计(2个), 养老小计, 全州合计. A numbered heading with the sum of what
 * follows it (一、养老小计) is none.
 */
export function totalLabel([first = '', second = '']: readonly string[]): string | undefined {
  const numbered = /^[(]?[一二三四五六七八九十]+(?:[)、.]|$)/u.test(first);
  return [first, second].find(
    (text) => isTotal(text) || (!numbered && /^.{1,14}(?:[合总共]计|小计)(?:[(:].*)?$/u.test(text)),
  );
}

/** One that adds up only the rows since the last such: 小计, 养老合计. */
export function isSubtotal(label: string): boolean {
  return !/^(?:[全本][省市州县区表]?|项目|投资|资金|清单|总)*[合总共]计/u.test(label);
}

/** Reads a 合计 row (its formulas by their cached value) and compares each amount with the sum of the rows it covers. */
export function checkTotal(
  layout: ListLayout,
  row: number,
  label: string,
  covered: RowSums,
): { printed: PrintedTotal; warnings: Finding[] } {
  const printed: PrintedTotal = { row, label };
  const warnings: Finding[] = [];
  for (const column of layout.columns) {
    if (column.field !== 'total' && column.field !== 'source') continue;
    const cell = layout.grid.own(row, column.index);
    const plain = cell?.kind === 'formula' ? { ...cell, kind: 'number' as const } : cell;
    const fen = readAmount(plain, column, layout.unit, new Findings('', row));
    if (fen === undefined) continue;
    if (column.field === 'total') printed.total = moneyView(fen);
    else if (column.field === 'source' && column.source === 'SelfRaised') printed.selfRaised = moneyView(fen);
    const sum = covered.of(column);
    if (sum === fen) continue;
    const difference = printWan(fen - sum);
    warnings.push({
      code: 'import.totalDiffers',
      message: `${label}行“${labelOf(column)}”为${printWan(fen)}万元，各行之和为${printWan(sum)}万元，相差${difference}万元`,
      sheet: layout.grid.sheet.name,
      row,
      column: columnLetter(column.index),
    });
  }
  return { printed, warnings };
}

/** What each column of the same rows adds up to, added up once however many total rows ask for it. */
export class RowSums {
  private readonly sums = new Map<string, Fen>();

  constructor(private readonly rows: readonly ListRow[]) {}

  of(column: Column): Fen {
    const key = labelOf(column);
    const sum = this.sums.get(key) ?? sumOf(this.rows, column);
    this.sums.set(key, sum);
    return sum;
  }
}

function sumOf(rows: readonly ListRow[], column: Column): Fen {
  if (column.field !== 'source') return rows.reduce((sum, { totalFen = 0n }) => sum + totalFen, 0n);
  const { source, level } = column;
  const lines = rows
    .flatMap(({ funding }) => funding)
    .filter((line) => line.source === source && line.level === level);
  return sumOfFunding(lines);
}
