import { MAX_FEN, printYuan, type Fen } from '#libs/kernel/money.js';
import {
  earliestDay,
  isPartialDate,
  latestDay,
  printPartialDate,
  type PartialDate,
} from '#libs/kernel/partial-date.js';
import type { CommandContext, ProjectCommands, ProjectCommandType } from '../commands.js';
import type { ProjectEvent } from '../events.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';

/** Decides one type of command. Pure: the state is read only. No event: it is so already. */
export type Handler<T extends ProjectCommandType> = (
  data: ProjectCommands[T],
  state: ProjectState,
  context: CommandContext,
) => ProjectEvent[];
export type Handlers<T extends ProjectCommandType> = { readonly [K in T]: Handler<K> };

/** A fact printed with a year or a month may be of today; it is in the future only if all of it is. */
export function assertNotFuture({ effectiveDate, today }: CommandContext): void {
  if (!isPartialDate(effectiveDate)) {
    refuse('date.unreadable', `“${effectiveDate}”不是可识别的业务日期`, { effectiveDate });
  }
  if (earliestDay(effectiveDate) > today) {
    refuse(
      'date.future',
      `业务日期 ${printPartialDate(effectiveDate)} 晚于今天 ${printPartialDate(today)}，尚未发生的事不能记录为事实`,
      { effectiveDate, today },
    );
  }
}

/** Refuses what certainly happened before the step it follows; dates of a month or a year may overlap. */
export function assertNotBefore(date: PartialDate, previous: PartialDate | undefined, step: string): void {
  if (previous === undefined || latestDay(date) >= earliestDay(previous)) return;
  refuse(
    'date.beforePrevious',
    `业务日期 ${printPartialDate(date)} 早于${step}的日期 ${printPartialDate(previous)}`,
    { effectiveDate: date, previous },
  );
}

/** Reads fen from JSON text. @throws Refusal `amount.unreadable` | `amount.notPositive` */
export function positiveFen(text: string, what: string): Fen {
  const fen = readFen(text, what);
  if (fen <= 0n)
    refuse('amount.notPositive', `${what}应大于零，而不是 ${printYuan(fen)} 元`, { amountFen: text });
  return fen;
}

/** @throws Refusal `amount.unreadable` | `amount.negative` */
export function fenFromZero(text: string, what: string): Fen {
  const fen = readFen(text, what);
  if (fen < 0n)
    refuse('amount.negative', `${what}不得小于零，而不是 ${printYuan(fen)} 元`, { amountFen: text });
  return fen;
}

function readFen(text: string, what: string): Fen {
  const plain = /^-?(0|[1-9]\d{0,18})$/u.test(text);
  if (!plain || BigInt(text) > MAX_FEN) {
    refuse('amount.unreadable', `${what}“${text}”不是可记录的金额（整数，单位：分，不超过 ${MAX_FEN}）`, {
      amountFen: text,
    });
  }
  return BigInt(text);
}

export function assertText(text: string | undefined, field: string, what: string): void {
  if (!text?.trim()) refuse('text.missing', `${what}不能为空`, { field });
}
