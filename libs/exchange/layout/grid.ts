import { squeeze } from '#libs/kernel/text.js';
import type { Cell, MergedRange, Sheet } from '../table/sheet.js';

/** A sheet as a reader sees it: a merged range shows the text of its top left cell in all its cells. */
export class Grid {
  readonly rowNumbers: readonly number[];
  readonly lastColumn: number;
  private readonly mergesByColumn = new Map<number, MergedRange[]>();

  constructor(readonly sheet: Sheet) {
    this.rowNumbers = [...sheet.rows.keys()];
    let last = 0;
    for (const row of sheet.rows.values()) for (const column of row.keys()) last = Math.max(last, column);
    this.lastColumn = last;
    const byTop = [...sheet.merged].sort((a, b) => a.top - b.top);
    for (const range of byTop) {
      for (let column = range.left; column <= Math.min(range.right, last); column += 1) {
        const ranges = this.mergesByColumn.get(column);
        if (ranges) ranges.push(range);
        else this.mergesByColumn.set(column, [range]);
      }
    }
  }

  /** The cell itself. */
  own(row: number, column: number): Cell | undefined {
    return this.sheet.rows.get(row)?.get(column);
  }

  /** The cell, or the top left cell of the merged range it lies in. */
  shown(row: number, column: number): Cell | undefined {
    const own = this.own(row, column);
    if (own) return own;
    const merge = this.mergeAt(row, column);
    return merge && this.own(merge.top, merge.left);
  }

  /** The merged range over a cell. Ranges of one column do not overlap, so the last that starts above is the one. */
  mergeAt(row: number, column: number): MergedRange | undefined {
    const ranges = this.mergesByColumn.get(column) ?? [];
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.top <= row) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low - 1];
    return range && range.bottom >= row ? range : undefined;
  }

  /** The row's own texts from left to right, white space removed. */
  texts(row: number): string[] {
    const cells = [...(this.sheet.rows.get(row)?.values() ?? [])].sort((a, b) => a.column - b.column);
    return cells.map((cell) => squeeze(cell.text)).filter((text) => text !== '');
  }
}
