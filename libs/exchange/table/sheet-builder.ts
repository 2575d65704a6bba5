import { Refusal } from '#libs/kernel/refusal.js';
import type { FileRefusalCode } from '../report/import-codes.js';
import type { TableLimits } from './limits.js';
import { columnLetter, type Cell, type MergedRange, type Sheet } from './sheet.js';

/** Counts cells over all sheets of one file. */
export interface CellBudget {
  cells: number;
}

/** Collects the cells of one sheet and refuses what goes over the limits, as soon as it does. */
export class SheetBuilder {
  private readonly rows = new Map<number, Map<number, Cell>>();
  private readonly merged: MergedRange[] = [];

  constructor(
    private readonly name: string,
    private readonly hidden: boolean,
    private readonly limits: TableLimits,
    private readonly budget: CellBudget,
  ) {}

  /** Empty cells are dropped. @throws Refusal `import.tooManyRows` | `import.tooManyColumns` | `import.tooManyCells` */
  add(cell: Cell): void {
    if (cell.text.trim() === '') return;
    const { rows, columns, cells, cellCharacters } = this.limits;
    const { row, column } = cell;
    if (column > columns) {
      throw this.refusal('tooManyColumns', `第${row}行${columnLetter(column)}列超出${columns}列的上限`, cell);
    }
    if (cell.text.length > cellCharacters) {
      throw this.refusal('cellTooLong', `${columnLetter(column)}${row}单元格超过${cellCharacters}字`, cell);
    }
    if (++this.budget.cells > cells) {
      throw this.refusal('tooManyCells', `文件超过${cells}个单元格的上限`, cell);
    }
    let line = this.rows.get(row);
    if (!line) {
      if (this.rows.size === rows) throw this.refusal('tooManyRows', `数据超过${rows}行的上限`, cell);
      line = new Map();
      this.rows.set(row, line);
    }
    line.set(column, cell);
  }

  merge(range: MergedRange): void {
    if (this.merged.length === this.limits.mergedRanges) {
      throw this.refusal('tooManyCells', `合并单元格超过${this.limits.mergedRanges}处`, {
        row: range.top,
        column: range.left,
      });
    }
    this.merged.push(range);
  }

  build(): Sheet {
    const ascending = [...this.rows].sort(([a], [b]) => a - b);
    return { name: this.name, hidden: this.hidden, rows: new Map(ascending), merged: this.merged };
  }

  private refusal(code: FileRefusalCode, what: string, at: { row: number; column: number }): Refusal {
    return new Refusal(`import.${code}`, `工作表“${this.name}”：${what}，请拆分后再导入`, {
      sheet: this.name,
      row: at.row,
      column: columnLetter(at.column),
    });
  }
}
