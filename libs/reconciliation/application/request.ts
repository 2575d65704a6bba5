import type { Statement } from '#libs/exchange/statement/read-statement.js';
import { isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';

const MOST_PROBLEMS = 100;
const MOST_LISTS = 10;

/**
 * The period of a statement: as asked for, else from its first day to its last.
 *
 * @throws Refusal `reconciliation.unreadableLines` where a line could not be read, `reconciliation.badPeriod`,
 *   `reconciliation.linesOutsidePeriod`
 */
export function periodOf(
  { lists, lines, errors }: Statement,
  asked: { from?: string; to?: string },
  today: string,
): { from: string; to: string } {
  if (errors.length > 0) {
    const first = errors
      .slice(0, 5)
      .map(({ row, column, message }) => `第${row}行${column ?? ''}列：${message}`);
    const problems = errors.slice(0, MOST_PROBLEMS);
    const message = `对账单有 ${errors.length} 处无法识别，未对账：${first.join('；')}`;
    throw new Refusal('reconciliation.unreadableLines', message, {
      problems,
      lists: lists.slice(0, MOST_LISTS),
    });
  }
  const days = lines.map(({ date }) => date).sort();
  const { from = days[0]!, to = days.at(-1)! } = asked;
  if (![from, to].every((day) => day.length === 10 && isPartialDate(day)) || from > to) {
    throw new Refusal('reconciliation.badPeriod', `对账期间“${from}”至“${to}”有误，应为年-月-日`, {
      from,
      to,
    });
  }
  if (to > today) {
    throw new Refusal('reconciliation.badPeriod', `对账期间止于 ${to}，晚于今天 ${today}`, { to, today });
  }
  const outside = lines.filter(({ date }) => date < from || date > to);
  if (outside.length > 0) {
    const rows = outside.slice(0, MOST_PROBLEMS).map(({ sheet, row, date }) => ({ sheet, row, date }));
    const message = `对账单有 ${outside.length} 行不在 ${from} 至 ${to} 之内（如第${rows[0]!.row}行 ${rows[0]!.date}）`;
    throw new Refusal('reconciliation.linesOutsidePeriod', message, { rows });
  }
  return { from, to };
}
