import { parseMoney } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { toHalfWidth } from '#libs/kernel/text.js';
import { assertPartsFit } from '#libs/statistics/domain/decider.js';
import type { ReportedFigure } from '#libs/statistics/domain/events.js';
import { FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import type { Unit } from '../../parts/amount.js';

/** One row of the form as it is typed. */
export interface TypedRow {
  figure: FigureKey;
  value: string;
  /** Said on purpose: the unit does not know, which is not zero. */
  unknown: boolean;
  source: string;
  documentNumber: string;
}

export interface Typed {
  /** Complete and without a fault: ready to be sent. */
  figures: ReportedFigure[] | undefined;
  /** What is wrong with a row, by its figure. */
  faults: ReadonlyMap<FigureKey, string>;
  /** What is wrong between rows, in the server's own words. */
  conflict: string | undefined;
}

const COUNT = /^(0|[1-9]\d{0,17})$/u;

/** Reads the rows; an empty cell is forgotten, not unknown. Money is typed in the unit of the view. */
export function readRows(rows: readonly TypedRow[], unit: Unit): Typed {
  const faults = new Map<FigureKey, string>();
  const figures = rows.map((row): ReportedFigure => {
    const { figure, source, documentNumber } = row;
    const value = row.unknown ? null : valueOf(row, unit);
    if (value === undefined) faults.set(figure, faultOf(row));
    else if (source.trim() === '') faults.set(figure, '请写明数据来源');
    const paper = documentNumber.trim();
    return { figure, value: value ?? null, source: source.trim(), ...(paper && { documentNumber: paper }) };
  });
  const conflict = conflictIn(figures);
  const isReady = faults.size === 0 && conflict === undefined;
  return { figures: isReady ? figures : undefined, faults, conflict };
}

function valueOf({ figure, value }: TypedRow, unit: Unit): string | undefined {
  const text = toHalfWidth(value).replaceAll(/[,\s]/gu, '');
  if (text === '') return undefined;
  if (FIGURES[figure].unit !== '分') return COUNT.test(text) ? text : undefined;
  try {
    const fen = parseMoney(text, unit);
    return fen < 0n ? undefined : String(fen);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function faultOf({ figure, value }: TypedRow): string {
  if (value.trim() === '') return '请填数字；不掌握的勾选“不详”';
  return FIGURES[figure].unit === '分' ? '应为非负金额' : '应为非负整数';
}

function conflictIn(figures: readonly ReportedFigure[]): string | undefined {
  try {
    assertPartsFit(figures);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
