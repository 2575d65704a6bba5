import { squeeze } from '#libs/kernel/text.js';
import { columnLetter, type Cell } from '../table/sheet.js';
import { saysNothing } from '../layout/amounts.js';
import type { Column } from './columns.js';
import type { CountColumn, TextColumn } from './meanings.js';
import type { Findings } from '../layout/finding.js';
import type { Grid } from '../layout/grid.js';
import type { ListColumns } from './list-columns.js';

/** The cells of one row by what their columns mean. */
export class RowCells {
  constructor(
    private readonly grid: Grid,
    private readonly listColumns: ListColumns,
    readonly row: number,
    readonly findings: Findings,
  ) {}

  columns(field: Column['field']): readonly Column[] {
    return this.listColumns.of(field);
  }

  /** The letter's number of a field's column, for findings. */
  columnOf(field: TextColumn | CountColumn): number | undefined {
    return this.columns(field)[0]?.index;
  }

  own(column: Column): Cell | undefined {
    return this.grid.own(this.row, column.index);
  }

  /** Whether one cell is spread over several rows. */
  spansRows(column: Column): boolean {
    const merge = this.grid.mergeAt(this.row, column.index);
    return merge !== undefined && merge.bottom > merge.top;
  }

  /** Text of a field in this row alone. Two columns of one description are joined. */
  text(field: TextColumn | CountColumn): string | undefined {
    return this.read(field, (column) => this.own(column));
  }

  /** Text of a field that a cell merged downwards may give to several rows (类型, 地点, 单位). */
  sharedText(field: TextColumn): string | undefined {
    return this.read(field, (column) => this.grid.shown(this.row, column.index));
  }

  /** Whether a field is printed as a number, which keeps no zeros at its end. */
  isNumber(field: TextColumn): boolean {
    return this.columns(field).some((column) => this.grid.shown(this.row, column.index)?.kind === 'number');
  }

  private read(
    field: TextColumn | CountColumn,
    cellOf: (column: Column) => Cell | undefined,
  ): string | undefined {
    const texts: string[] = [];
    for (const column of this.columns(field)) {
      const cell = cellOf(column);
      if (!cell || saysNothing(cell.text)) continue;
      if (cell.kind === 'error') {
        const at = `${columnLetter(column.index)}${this.row}（${column.header}）`;
        this.findings.reject('errorCell', `${at}：单元格是错误值 ${cell.text}`, column.index);
      } else if (!texts.includes(cell.text.trim())) texts.push(cell.text.trim());
    }
    return texts.length > 0 ? texts.join(';') : undefined;
  }

  /** The first texts of the row, white space removed: where 合计 and 注 stand. */
  leadingTexts(): string[] {
    return this.grid.texts(this.row).slice(0, 2).map(squeeze);
  }
}
