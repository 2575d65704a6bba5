import { printWan, printYuan, type Fen, type MoneyUnit } from '#libs/kernel/money.js';
import type { FundingPlanLine } from '#libs/projects/domain/events.js';
import { readAmount } from '../layout/amounts.js';
import type { Column } from './columns.js';
import { labelOf } from './meanings.js';
import { sumOfFunding } from './list-row.js';
import type { RowCells } from './row-cells.js';

export interface Funding {
  totalFen?: Fen;
  funding: FundingPlanLine[];
}

/** Reads total and sources, and compares them: 总投资 − Σ 来源 is 来源未列, flagged and never filled in. */
export function readFunding(cells: RowCells, unit: MoneyUnit | undefined): Funding {
  const { findings } = cells;
  const [totalColumn] = cells.columns('total');
  const total = totalColumn && amount(cells, totalColumn, unit);
  const before = findings.errors.length;
  const funding: FundingPlanLine[] = [];
  for (const column of cells.columns('source')) {
    const fen = amount(cells, column, unit);
    if (column.field !== 'source' || !fen) continue;
    const { source, level } = column;
    funding.push({ source, ...(level && { level }), amountFen: fen.toString() });
  }
  const sourcesRead = findings.errors.length === before;
  if (total === undefined) {
    if (cells.findings.errors.length === 0) {
      findings.warn('totalUnknown', '没有列出总投资，按“未知”记录，不计为零', totalColumn?.index);
    }
    return { funding };
  }
  if (sourcesRead) compare(cells, total, funding);
  return { totalFen: total, funding };
}

function amount(cells: RowCells, column: Column, unit: MoneyUnit | undefined): Fen | undefined {
  if (!cells.spansRows(column)) return readAmount(cells.own(column), column, unit, cells.findings);
  const message = `“${labelOf(column)}”的合并单元格跨多行，无法判断每个项目的金额，请拆分`;
  cells.findings.reject('mergedAmount', message, column.index);
  return undefined;
}

function compare(cells: RowCells, total: Fen, funding: readonly FundingPlanLine[]): void {
  const sources = sumOfFunding(funding);
  if (sources === total) return;
  const { findings } = cells;
  const column = cells.columns('source')[0]?.index ?? cells.columns('total')[0]?.index;
  const selfRaised = sumOfFunding(funding, 'SelfRaised');
  const [totalText, sourcesText] = [printYuan(total), printYuan(sources)];
  if (selfRaised > total) {
    const message = `自筹资金${printYuan(selfRaised)}元大于总投资${totalText}元，多${printYuan(selfRaised - total)}元`;
    findings.reject('selfRaisedExceedsTotal', message, column);
  } else if (sources > total) {
    const message = `各项来源之和${sourcesText}元大于总投资${totalText}元，多${printYuan(sources - total)}元`;
    findings.reject('sourcesExceedTotal', message, column);
  } else {
    const gap = total - sources;
    const sum = `总投资${totalText}元 − 已列来源${sourcesText}元 = ${printYuan(gap)}元`;
    findings.warn('unsourced', `来源未列${printWan(gap)}万元（${sum}）`, column);
  }
}
