import { printYuan, type Fen } from '#libs/kernel/money.js';
import type { LineKey } from '../money-lines.js';
import { refuse, type ProjectRefusalCode } from '../refusal-codes.js';
import { FUNDING_LEVELS, FUNDING_SOURCES } from '../vocabulary.js';

export const yuan = (fen: Fen): string => `${printYuan(fen)} 元`;

/** 福彩公益金（省级） 2025 年度 */
export function lineName({ source, level, budgetYear }: LineKey): string {
  return `${FUNDING_SOURCES[source]}${level ? `（${FUNDING_LEVELS[level]}）` : ''} ${budgetYear} 年度`;
}

/** A sum that exceeds its limit, in the words of the step: 本次拨付, 已拨付, 已下达. */
export interface Excess {
  line: LineKey;
  step: string;
  amount: Fen;
  already: Fen;
  /** What `already` counts, where it is not just this step before. */
  alreadyName?: string;
  limitName: string;
  limit: Fen;
  hint?: string;
}

/** @throws Refusal with the whole sum where amount and what is there already exceed the limit */
export function assertWithin(code: ProjectRefusalCode, excess: Excess): void {
  const { line, step, amount, already, alreadyName = `已${step}`, limitName, limit, hint } = excess;
  const total = already + amount;
  if (total <= limit) return;
  refuse(
    code,
    `${lineName(line)}：本次${step} ${yuan(amount)}，${alreadyName} ${yuan(already)}，合计 ${yuan(total)}，` +
      `超过${limitName} ${yuan(limit)}，差 ${yuan(total - limit)}${hint ? `；${hint}` : ''}`,
    {
      source: line.source,
      ...(line.level && { level: line.level }),
      budgetYear: line.budgetYear,
      amountFen: amount.toString(),
      alreadyFen: already.toString(),
      totalFen: total.toString(),
      limitFen: limit.toString(),
      excessFen: (total - limit).toString(),
    },
  );
}
