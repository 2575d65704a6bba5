import { idFor } from '#libs/kernel/ids.js';
import type { ActualCapacity } from '#libs/kernel/capacity.js';
import { addDays } from './calendar.js';
import { enterYearOf, pay, payAgain, type PaymentEvent } from './funds.js';
import { step, type Story } from './life.js';
import { isOneOf, type Cast } from './preparation.js';
import { fund, isDirect, type Pocket, type Purse } from './purse.js';

/** 竣工验收 to 停用: the building in use, its accounts settled. */
export function* operate(cast: Cast, purse: Purse, builtOn: string): Story {
  const usedOn = addDays(builtOn, cast.random.int(20, 90));
  yield* enterYearOf(cast, purse, builtOn);
  yield* accept(cast, builtOn);
  yield* enterYearOf(cast, purse, usedOn);
  const { bedScope } = cast.profile.details;
  const capacity = cast.profile.builtCapacity;
  yield* step(usedOn, 'Commission', bedScope === undefined ? { capacity } : { capacity, bedScope });
  yield* settle(cast, purse, usedOn);
  yield* liveOn(cast, purse);
}

function* accept(cast: Cast, on: string): Story {
  const documentNumber = cast.document(on);
  if (cast.random.chance(5)) {
    const authority = '示例州示例住建局';
    yield* step(on, 'ExemptAcceptance', { authority, documentNumber, reason: '示例原因:改建面积小' });
  } else {
    yield* step(on, 'AcceptCompletion', { capacity: cast.profile.builtCapacity, documentNumber });
  }
}

/** Last payments, 竣工决算, the surplus returned, and now and then a payment of the closed year corrected. */
function* settle(cast: Cast, purse: Purse, usedOn: string): Story {
  const { random, profile } = cast;
  let last: PaymentEvent | undefined;
  const paidOn = addDays(usedOn, 10);
  yield* enterYearOf(cast, purse, paidOn);
  for (const pocket of purse.filled('receivedFen', purse.year)) last = yield* pay(cast, pocket, 95, paidOn);

  const settledOn = `${purse.year + 1}-04-15`;
  yield* enterYearOf(cast, purse, settledOn);
  for (const pocket of purse.filled('receivedFen', purse.year)) yield* pay(cast, pocket, 80, settledOn);
  if (last && random.chance(25)) yield* payAgain(cast, last, addDays(settledOn, 5), { priorYear: true });
  yield* step(addDays(settledOn, 30), 'ApproveFinalAccount', {
    documentNumber: cast.document(settledOn),
    authority: '示例州示例财政局',
    finalFen: ((profile.totalFen * 97n) / 100n).toString(),
  });
  for (const pocket of purse.filled('receivedFen', purse.year)) {
    if (!random.chance(60)) continue;
    const on = addDays(settledOn, 60);
    const amountFen = pocket.receivedFen;
    if (!isDirect(pocket) && !cast.handedOver && isOneOf(25, cast, 1) && addDays(on, 30) <= cast.until) {
      yield* handOver(cast, pocket, on);
      continue;
    }
    const papers = { ...fund(pocket, amountFen), documentNumber: cast.document(on) };
    // Fiscal money goes back as 结余上缴; of a project’s own money what is left is taken back.
    if (isDirect(pocket)) yield* step(on, 'RecoverFunds', { ...papers, reason: '示例原因:结余资金收回' });
    else yield* step(on, 'ReturnSurplus', { ...papers, reason: '示例原因:竣工决算结余' });
    pocket.receivedFen = 0n;
  }
}

/** 调剂: what is left goes to a second phase of the project. */
function* handOver(cast: Cast, pocket: Pocket, on: string): Story {
  const [event] = yield* step(on, 'ReallocateFundsOut', {
    ...fund(pocket, pocket.receivedFen),
    stage: 'received',
    reallocationId: idFor('sample-reallocation', cast.projectId),
    counterpartId: idFor('sample-second-phase', cast.projectId),
    documentNumber: cast.document(on),
    reason: '示例原因:结余调剂用于二期',
  });
  pocket.receivedFen = 0n;
  if (event?.type === 'FundsReallocatedOut') cast.handedOver = { on: event.effectiveDate, half: event.data };
}

function* liveOn(cast: Cast, purse: Purse): Story {
  const { random, profile } = cast;
  const day = (days: number) => addDays(`${purse.year}-09-01`, days);
  if (random.chance(35)) {
    yield* step(day(0), 'Evaluate', {
      documentNumber: cast.document(day(0)),
      conclusion: '示例结论:达到预期',
    });
  }
  if (random.chance(12)) {
    const capacity = smaller(profile.builtCapacity);
    yield* step(day(200), 'ChangeCapacity', { capacity, reason: '示例原因:功能调整' });
  }
  if (random.chance(6)) yield* step(day(500), 'Decommission', { reason: '示例原因:房屋检修停用' });
}

function smaller(capacity: ActualCapacity): ActualCapacity {
  return Object.fromEntries(
    Object.entries(capacity).map(([kind, count]) => [kind, Math.floor((count * 9) / 10)]),
  );
}
