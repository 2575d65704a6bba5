import { columnLetter } from '../table/sheet.js';
import { placedHeader, type ExportSheet } from './sheet-model.js';

/** Rows of the workbook, from 1: title, scope and unit, what it is about, header, rows, 合计, notes. */
export interface SheetLayout {
  headerTop: number;
  headerBottom: number;
  firstRow: number;
  /** The one behind the rows: 合计, or the first note where there is none. */
  totalRow: number;
  firstNote: number;
  lastRow: number;
  /** Columns of the scope; the unit has those behind it. */
  scopeColumns: number;
  merged: readonly string[];
}

const TITLE_ROW = 1;
export const UNIT_ROW = 2;

export function layoutOf(sheet: ExportSheet): SheetLayout {
  const { header, rows, columns, notes, about = [], total } = sheet;
  const headerTop = UNIT_ROW + about.length + 1;
  const headerBottom = headerTop + header.length - 1;
  const firstRow = headerBottom + 1;
  const totalRow = firstRow + rows.length;
  const firstNote = totalRow + (total ? 1 : 0);
  const lastRow = firstNote + notes.length - 1;
  const scopeColumns = Math.max(1, columns.length - 2);
  const whole = (row: number) => range(row, 1, row, columns.length);
  const headerRanges = placedHeader(sheet).map((cell) =>
    range(
      headerTop + cell.row,
      cell.column + 1,
      headerTop + cell.row + cell.rows - 1,
      cell.column + cell.columns,
    ),
  );
  const merged = [
    whole(TITLE_ROW),
    range(UNIT_ROW, 1, UNIT_ROW, scopeColumns),
    range(UNIT_ROW, scopeColumns + 1, UNIT_ROW, columns.length),
    ...headerRanges,
    ...notes.map((_, n) => whole(firstNote + n)),
  ].filter(([from, to]) => from !== to);
  return {
    headerTop,
    headerBottom,
    firstRow,
    totalRow,
    firstNote,
    lastRow,
    scopeColumns,
    merged: merged.map((corners) => corners.join(':')),
  };
}

function range(top: number, left: number, bottom: number, right: number): [string, string] {
  return [columnLetter(left) + String(top), columnLetter(right) + String(bottom)];
}
