import { idFor } from '#libs/kernel/ids.js';
import type { Fen } from '#libs/kernel/money.js';
import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { addDays } from './calendar.js';
import { purposeOf, repaidBy } from './earmarks.js';
import { step, type Story } from './life.js';
import { isOneOf, type Cast } from './preparation.js';
import { planNumberOf } from './plan-documents.js';
import { fund, isDirect, type Pocket, type Purse } from './purse.js';

/** A payment as it was recorded. */
export type PaymentEvent = Extract<DatedProjectEvent, { type: 'FundsPaid' }>;

const AUTHORITY = '示例州示例财政局';

/** Turns the year as often as the day asks for: 结转, 关账, and the new year's money. */
export function* enterYearOf(cast: Cast, purse: Purse, day: string): Story {
  while (purse.year < Number(day.slice(0, 4))) {
    yield* closeYear(cast, purse, purse.year);
    purse.year += 1;
    yield* openYear(cast, purse, purse.year);
  }
}

/** A budget year's money as far as the project's account: 申请, 下达, 拨付, 到位. */
export function* openYear(cast: Cast, purse: Purse, year: number): Story {
  for (const pocket of purse.open(year)) {
    if (isDirect(pocket)) yield* receive(cast, pocket, pocket.plannedFen, `${year}-02-10`);
    else yield* allocate(cast, pocket, `${year}-01-25`);
  }
}

function* allocate(cast: Cast, pocket: Pocket, on: string): Story {
  const central = pocket.line.source.startsWith('Central') || pocket.line.source === 'SpecialTreasuryBond';
  if (central) {
    yield* step(on, 'ApplyForFunds', {
      ...fund(pocket, pocket.plannedFen),
      documentNumber: cast.document(on),
    });
  }
  if (isOneOf(3, cast, 0)) {
    // Another sender of an allocation lost its race, and said so.
    yield* step(on, 'DeclineEntry', {
      entryId: idFor('sample-declined', cast.projectId, String(pocket.line.budgetYear)),
      entryType: 'FundsAllocated',
      reason: '示例原因:登记前情况已变化',
    });
  }
  yield* step(on, 'AllocateFunds', {
    ...fund(pocket, pocket.plannedFen),
    ...purposeOf(cast.profile, pocket.line),
    ...repaidBy(pocket.line),
    documentNumber: planNumberOf(pocket.line) ?? cast.document(on),
    authority: AUTHORITY,
  });
  pocket.allocatedFen = pocket.plannedFen;
  const lateFen = cast.random.chance(15) ? pocket.allocatedFen / 4n : 0n;
  yield* disburse(cast, pocket, pocket.allocatedFen - lateFen, on);
}

/** 拨付 and, mostly at once, 到位. */
function* disburse(cast: Cast, pocket: Pocket, amountFen: Fen, on: string): Story {
  yield* step(on, 'DisburseFunds', { ...fund(pocket, amountFen), documentNumber: cast.document(on) });
  pocket.allocatedFen -= amountFen;
  pocket.disbursedFen += amountFen;
  const onTheWayFen = cast.random.chance(10) ? amountFen / 5n : 0n;
  yield* receive(cast, pocket, amountFen - onTheWayFen, on);
}

function* receive(cast: Cast, pocket: Pocket, amountFen: Fen, on: string): Story {
  yield* step(on, 'ReceiveFunds', { ...fund(pocket, amountFen), documentNumber: cast.document(on) });
  if (!isDirect(pocket)) pocket.disbursedFen -= amountFen;
  pocket.receivedFen += amountFen;
}

/**
 * Pays part of what is there, now and then by mistake: reversed on the next day and paid again to the right one.
 * Returns the payment that stands.
 */
export function* pay(
  cast: Cast,
  pocket: Pocket,
  percent: number,
  on: string,
): Story<PaymentEvent | undefined> {
  const amountFen = (pocket.receivedFen * BigInt(percent)) / 100n;
  if (amountFen === 0n) return undefined;
  const [event] = yield* step(on, 'PayFunds', {
    ...fund(pocket, amountFen),
    ...purposeOf(cast.profile, pocket.line),
    payee: payee(cast),
    basisDocument: `示例合同${cast.random.int(1, 999)}号`,
    purpose: cast.random.pick(['工程款', '设备购置', '勘察设计费']),
  });
  pocket.receivedFen -= amountFen;
  if (event?.type !== 'FundsPaid') return undefined;
  return cast.random.chance(4) ? yield* payAgain(cast, event, addDays(on, 1)) : event;
}

/** 冲销 and 更正: the wrong payment is reversed and paid anew, in a closed year as 以前年度. */
export function* payAgain(
  cast: Cast,
  paid: PaymentEvent,
  on: string,
  mark: { priorYear?: true } = {},
): Story<PaymentEvent | undefined> {
  yield* step(on, 'ReverseEntry', { eventId: paid.id, reason: '示例原因:收款单位录入有误', ...mark });
  const [event] = yield* step(on, 'PayFunds', { ...paid.data, payee: payee(cast), ...mark });
  return event?.type === 'FundsPaid' ? event : undefined;
}

function payee({ random }: Cast): string {
  return `示例建设公司${random.int(1, 60)}号`;
}

/** Year end: what is left at each stage goes into the next year, late money is still passed on, the year is closed. */
function* closeYear(cast: Cast, purse: Purse, year: number): Story {
  const lastDay = `${year}-12-31`;
  for (const stage of ['allocated', 'disbursed', 'received'] as const) {
    const key = `${stage}Fen` as const;
    for (const pocket of purse.filled(key, year)) {
      yield* step(lastDay, 'CarryForwardFunds', {
        ...fund(pocket, pocket[key]),
        stage,
        toYear: year + 1,
        documentNumber: cast.document(lastDay),
      });
      purse.pocket({ ...pocket.line, budgetYear: year + 1 })[key] += pocket[key];
      pocket[key] = 0n;
    }
  }
  yield* step(`${year + 1}-01-20`, 'CloseBudgetYear', { year });
  for (const pocket of purse.filled('allocatedFen', year + 1)) {
    yield* disburse(cast, pocket, pocket.allocatedFen, `${year + 1}-01-22`);
  }
  for (const pocket of purse.filled('disbursedFen', year + 1)) {
    yield* receive(cast, pocket, pocket.disbursedFen, `${year + 1}-01-23`);
  }
}
