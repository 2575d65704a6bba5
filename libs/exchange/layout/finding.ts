import type { RowErrorCode, WarningCode } from '../report/import-codes.js';
import { columnLetter } from '../table/sheet.js';

/** Something a reader of the list should know: a warning leaves the row good, an error holds it back. */
export interface Finding {
  /** Stable: `import.unsourced`. */
  code: string;
  /** Chinese, for the person who checks the file. */
  message: string;
  sheet?: string;
  row?: number;
  /** Letter of the column: `G`. */
  column?: string;
}

/** Messages quote cells, and a cell may hold 32,767 characters. */
const LONGEST_MESSAGE = 500;

/** What is found while one row is read. */
export class Findings {
  readonly warnings: Finding[] = [];
  readonly errors: Finding[] = [];

  constructor(
    private readonly sheet: string,
    private readonly row: number,
  ) {}

  warn(code: WarningCode, message: string, column?: number): void {
    this.warnings.push(this.at(code, message, column));
  }

  reject(code: RowErrorCode | 'noRows', message: string, column?: number): void {
    this.errors.push(this.at(code, message, column));
  }

  private at(code: string, message: string, column: number | undefined): Finding {
    const where = { sheet: this.sheet, row: this.row };
    return {
      code: `import.${code}`,
      message: message.slice(0, LONGEST_MESSAGE),
      ...where,
      ...(column && { column: columnLetter(column) }),
    };
  }
}
