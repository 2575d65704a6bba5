import type { MoneyUnit } from '#libs/kernel/money.js';
import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { squeeze } from '#libs/kernel/text.js';
import type { FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { StatementLine } from '#libs/reconciliation/domain/match.js';
import { readAmount, saysNothing } from '../layout/amounts.js';
import type { Findings } from '../layout/finding.js';
import type { Grid } from '../layout/grid.js';
import { LIST_WORDS } from '../project-list/columns.js';
import type { StatementColumn, StatementField } from './statement-words.js';

const LONGEST_TEXT = 300;

/** One line of a statement; undefined where something in it cannot be read, which `findings` then say. */
export function readLine(
  grid: Grid,
  row: number,
  columnOf: (field: StatementField) => StatementColumn | undefined,
  unit: MoneyUnit | undefined,
  findings: Findings,
): StatementLine | undefined {
  /** A cell merged downwards gives its text to every row it covers: the date of a day, the source of a group. */
  const text = (field: StatementField) => {
    const column = columnOf(field);
    const printed = (column && grid.shown(row, column.index)?.text.trim()) ?? '';
    if (printed.length > LONGEST_TEXT) {
      findings.reject('textTooLong', `“${column!.header}”超过${LONGEST_TEXT}字`, column!.index);
    }
    return saysNothing(printed) ? undefined : printed;
  };
  const amountColumn = columnOf('amount')!;
  const amount = readAmount(grid.own(row, amountColumn.index), amountColumn, unit, findings);
  const date = dayIn(text('date') ?? '', columnOf('date')!, findings);
  const source = sourceIn(text('source') ?? '', columnOf('source')!, findings);
  const [documentNumber, payee, code, name] = (['document', 'payee', 'code', 'name'] as const).map(text);
  if (amount === undefined && findings.errors.length === 0) {
    findings.reject('amountUnreadable', '没有金额', amountColumn.index);
  }
  if (findings.errors.length > 0 || amount === undefined || date === undefined || source === undefined) {
    return undefined;
  }
  return {
    sheet: grid.sheet.name,
    row,
    date,
    ...(documentNumber !== undefined && { documentNumber }),
    ...(payee !== undefined && { payee }),
    amountFen: amount.toString(),
    source,
    ...(code !== undefined && { projectCode: squeeze(code).replace(/[–—]/gu, '-') }),
    ...(name !== undefined && { projectName: name }),
  };
}

/** A statement knows the day; less is not enough to compare by. */
function dayIn(printed: string, { index }: StatementColumn, findings: Findings): string | undefined {
  const plain = squeeze(printed).replace(/^(\d{4})(\d\d)(\d\d)$/u, '$1-$2-$3');
  try {
    const date = parsePartialDate(plain);
    if (date.length === 10) return date;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  findings.reject('dateUnreadable', `日期“${printed}”应为年月日`, index);
  return undefined;
}

/** The words that head a column of this source in a project list name it in a cell too. */
function sourceIn(
  printed: string,
  { index }: StatementColumn,
  findings: Findings,
): FundingSource | undefined {
  const meaning = LIST_WORDS.meaningOf(printed);
  if (meaning?.field === 'source') return meaning.source;
  findings.reject('sourceUnknown', printed === '' ? '没有资金来源' : `资金来源“${printed}”未知`, index);
  return undefined;
}
