import { MAX_FEN, printYuan, type Fen } from '#libs/kernel/money.js';
import { earliestDay, isPartialDate, printPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { CommandContext } from '#libs/projects/domain/commands.js';
import type { FundPlanEventData } from './events.js';
import { refuse } from './refusal-codes.js';

/** @throws Refusal where a line is not positive or stands twice, or the lines exceed the total */
export function assertLines(totalFen: string, lines: FundPlanEventData<'FundPlanIssued'>['lines']): void {
  const total = positiveFen(totalFen, '计划总额');
  const amounts = lines.map((line) => positiveFen(line.amountFen, '项目额度'));
  const twice = lines.find((line, n) => lines.findIndex((each) => each.projectId === line.projectId) < n);
  if (twice) {
    const { projectId } = twice;
    refuse('fundPlan.duplicateProject', `项目 ${projectId} 在计划中列了不止一次`, { projectId });
  }
  const inLines = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (inLines > total) {
    refuse(
      'fundPlan.linesOverTotal',
      `${lines.length} 个项目合计 ${yuan(inLines)}，超过计划总额 ${yuan(total)}，差 ${yuan(inLines - total)}`,
      { linesFen: inLines.toString(), totalFen: total.toString(), excessFen: (inLines - total).toString() },
    );
  }
}

/** @throws Refusal `date.unreadable` | `date.future` */
export function assertDate({ effectiveDate, today }: CommandContext): void {
  if (!isPartialDate(effectiveDate)) {
    throw new Refusal('date.unreadable', `“${effectiveDate}”不是可识别的业务日期`, { effectiveDate });
  }
  if (earliestDay(effectiveDate) <= today) return;
  const [date, now] = [printPartialDate(effectiveDate), printPartialDate(today)];
  throw new Refusal('date.future', `业务日期 ${date} 晚于今天 ${now}`, { effectiveDate, today });
}

function positiveFen(text: string, what: string): Fen {
  const fen = /^-?\d{1,19}$/u.test(text) ? BigInt(text) : undefined;
  if (fen !== undefined && fen > 0n && fen <= MAX_FEN) return fen;
  const given = fen === undefined ? `“${text}”` : yuan(fen);
  throw new Refusal('amount.notPositive', `${what}应大于零且不超过上限，而不是 ${given}`, {
    amountFen: text,
  });
}

const yuan = (fen: Fen): string => `${printYuan(fen)} 元`;
