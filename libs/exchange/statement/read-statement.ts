import { printYuan, type MoneyUnit } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { StatementLine } from '#libs/reconciliation/domain/match.js';
import { Findings, type Finding } from '../layout/finding.js';
import { Grid } from '../layout/grid.js';
import { headerAt, isTotal, unitOfHeader } from '../layout/header.js';
import { moneyUnitIn } from '../layout/unit.js';
import { columnLetter, type Sheet } from '../table/sheet.js';
import { readAmount } from '../layout/amounts.js';
import { readLine } from './read-line.js';
import { statementList, type StatementList } from './statement-list.js';
import {
  REQUIRED_FIELDS,
  STATEMENT_NAMES,
  STATEMENT_WORDS,
  type StatementColumn,
  type StatementField,
  type StatementHeader,
} from './statement-words.js';

export interface Statement {
  /** How each sheet with a header was understood. */
  lists: StatementList[];
  /** In the order of the file. */
  lines: StatementLine[];
  /** Rows that cannot be read; with one, the statement cannot be reconciled: what is missing would look unmatched. */
  errors: Finding[];
  warnings: Finding[];
}

/** Rows in which a header is looked for: titles and notes above it are few. */
const HEADER_WITHIN = 30;

/**
 * Understands the cells of a file as a finance bureau's statement. Pure.
 *
 * @param unit of amounts where the file names none
 * @throws Refusal `import.headerMissing` | `import.columnMissing` | `import.columnDoubled` | `import.noRows`
 */
export function readStatement(sheets: readonly Sheet[], unit?: MoneyUnit): Statement {
  const statement: Statement = { lists: [], lines: [], errors: [], warnings: [] };
  const visible = sheets.filter(({ hidden }) => !hidden);
  for (const sheet of visible) {
    const grid = new Grid(sheet);
    const header = headerIn(grid);
    if (!header) continue;
    assertColumns(header, sheet.name);
    const listUnit = unitAbove(grid, header) ?? unitOfHeader(grid, header) ?? unit;
    const before = statement.lines.length;
    readRows(grid, header, listUnit, statement);
    statement.lists.push(statementList(grid, header, listUnit, statement.lines.slice(before)));
  }
  if (statement.lists.length === 0) {
    const expected = REQUIRED_FIELDS.map((field) => STATEMENT_NAMES[field][0]);
    const names = visible.map(({ name }) => name);
    const message = `没有找到对账单的表头（工作表：${names.join('、')}），应有${expected.join('、')}各列`;
    throw new Refusal('import.headerMissing', message, { sheets: names, expected });
  }
  if (statement.lines.length + statement.errors.length === 0) {
    throw new Refusal('import.noRows', '对账单的表头下没有内容');
  }
  return statement;
}

function headerIn(grid: Grid): StatementHeader | undefined {
  for (const row of grid.rowNumbers.slice(0, HEADER_WITHIN)) {
    const header = headerAt(grid, row, STATEMENT_WORDS);
    if (header) return header;
  }
  return undefined;
}

function unitAbove(grid: Grid, { top }: StatementHeader): MoneyUnit | undefined {
  const above = grid.rowNumbers.filter((row) => row < top).flatMap((row) => grid.texts(row));
  return above.map(moneyUnitIn).find((unit) => unit);
}

function assertColumns({ columns }: StatementHeader, sheet: string): void {
  const missing = REQUIRED_FIELDS.filter((field) => !columns.some((column) => column.field === field));
  if (missing.length > 0) {
    const names = missing.map((field) => `“${STATEMENT_NAMES[field][0]}”`);
    throw new Refusal('import.columnMissing', `工作表“${sheet}”的表头缺少${names.join('、')}列`, { missing });
  }
  const doubled = columns.find(({ field }, n) => columns.findIndex((other) => other.field === field) < n);
  if (doubled) {
    const name = STATEMENT_NAMES[doubled.field][0];
    const message = `工作表“${sheet}”中有两列都表示“${name}”`;
    throw new Refusal('import.columnDoubled', message, { column: columnLetter(doubled.index) });
  }
}

/** Totals are compared with what they add up; a header printed again, notes and signatures are passed over. */
function readRows(
  grid: Grid,
  { bottom, columns }: StatementHeader,
  unit: MoneyUnit | undefined,
  { lines, errors, warnings }: Statement,
): void {
  const columnOf = (field: StatementField) => columns.find((column) => column.field === field);
  const amount = columnOf('amount')!;
  let [sum, sumOfPart] = [0n, 0n];
  for (const row of grid.rowNumbers.filter((number) => number > bottom)) {
    const texts = grid.texts(row);
    const findings = new Findings(grid.sheet.name, row);
    const label = texts.slice(0, 2).find(isTotal);
    if (label !== undefined) {
      checkTotal(grid, row, amount, unit, label.startsWith('小计') ? sumOfPart : sum, findings);
      sumOfPart = 0n;
    } else if (isRepeatedHeader(grid, row, columns)) {
      findings.warn('headerRepeated', '表头重复出现，按同一对账单续表读取');
    } else if (!grid.own(row, amount.index)) {
      findings.warn('rowIgnored', `“${texts.join(' ').slice(0, 50)}”没有金额，未读取`);
    } else {
      const line = readLine(grid, row, columnOf, unit, findings);
      if (line) {
        lines.push(line);
        sum += BigInt(line.amountFen);
        sumOfPart += BigInt(line.amountFen);
      }
    }
    errors.push(...findings.errors);
    warnings.push(...findings.warnings);
  }
}

function isRepeatedHeader(grid: Grid, row: number, columns: readonly StatementColumn[]): boolean {
  return columns.every(({ index, field }) => {
    return STATEMENT_WORDS.meaningOf(grid.shown(row, index)?.text ?? '')?.field === field;
  });
}

function checkTotal(
  grid: Grid,
  row: number,
  column: StatementColumn,
  unit: MoneyUnit | undefined,
  sum: bigint,
  findings: Findings,
): void {
  const cell = grid.own(row, column.index);
  const plain = cell?.kind === 'formula' ? { ...cell, kind: 'number' as const } : cell;
  const printed = readAmount(plain, column, unit, findings);
  if (printed === undefined || printed === sum) return;
  const message = `合计行为${printYuan(printed)}元，各行之和为${printYuan(sum)}元，相差${printYuan(printed - sum)}元`;
  findings.warn('totalDiffers', message, column.index);
}
