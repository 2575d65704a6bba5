import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import type { StatementChange } from '#libs/findings/domain/statement.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';
import type { ReconciledKind } from '#libs/reconciliation/domain/events.js';
import { factOf } from '../facts.js';

/** A payment or receipt that came or was reversed, with the place in the feed where it did. */
export interface MoneyChange {
  change: StatementChange;
  position: string;
  recordedAt: string;
  kind: ReconciledKind;
  projectId: string;
  /** Business date of the item, also where it was reversed. */
  on: PartialDate;
}

/** The change that an event makes to what statements are compared with; undefined for events that make none. */
export function moneyChangeOf(recorded: Parameters<typeof factOf>[0]): MoneyChange | undefined {
  const { event, sign, happened, stamp } = factOf(recorded);
  const money = moneyOf(event);
  if (!money) return undefined;
  const { kind, source, amountFen } = money;
  const { position, recordedAt, projectId, eventId } = stamp;
  const change = sign === 1 ? ('added' as const) : ('reversed' as const);
  const itemId = stamp.reverses ?? eventId;
  return {
    change: { change, itemId, byEventId: eventId, source, amountFen },
    position,
    recordedAt,
    kind,
    projectId,
    on: happened,
  };
}

function moneyOf({ type, data }: ProjectEvent) {
  if (type !== 'FundsPaid' && type !== 'FundsReceived') return undefined;
  const { source, amountFen } = data;
  return { kind: type === 'FundsPaid' ? ('payment' as const) : ('receipt' as const), source, amountFen };
}

/** First and last day that the dates of these can mean; undefined where there are none. */
export function daysOf(money: readonly MoneyChange[]): [first: string, last: string] | undefined {
  if (money.length === 0) return undefined;
  const first = money.map(({ on }) => earliestDay(on)).reduce((a, b) => (a < b ? a : b));
  return [first, money.map(({ on }) => latestDay(on)).reduce((a, b) => (a > b ? a : b))];
}
