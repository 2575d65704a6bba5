import { addDays, monthEnd } from './calendar.js';
import { enterYearOf, openYear, pay } from './funds.js';
import { step, type Story } from './life.js';
import type { Cast } from './preparation.js';
import type { Purse } from './purse.js';

/** 开工 to the last month of work, with its money, year ends and a halt. Returns the day the work was done. */
export function* construct(cast: Cast, purse: Purse): Story<string> {
  const { random } = cast;
  const startOn = addDays(`${purse.year}-03-01`, random.int(0, 100));
  yield* openYear(cast, purse, purse.year);
  yield* step(startOn, 'StartConstruction', {});
  const months = random.int(7, 20);
  const halt = random.chance(12) ? random.int(2, months - 2) : undefined;
  let calendarMonth = 0;
  for (let worked = 1; worked <= months; worked++) {
    if (worked === halt) {
      yield* step(monthEnd(startOn, calendarMonth - 1), 'SuspendConstruction', {
        reason: '示例原因:雨季停工',
      });
      calendarMonth += 2;
      yield* step(addDays(monthEnd(startOn, calendarMonth - 1), 1), 'ResumeConstruction', {});
    }
    const on = monthEnd(startOn, calendarMonth);
    yield* enterYearOf(cast, purse, on);
    yield* workAMonth(cast, purse, on, worked, months);
    calendarMonth += 1;
  }
  return addDays(monthEnd(startOn, calendarMonth - 1), 20);
}

function* workAMonth(cast: Cast, purse: Purse, on: string, worked: number, months: number): Story {
  const { random, profile } = cast;
  const completedFen = (profile.totalFen * 97n) / 100n / BigInt(months);
  const report = (fen: bigint) => ({
    month: on.slice(0, 7),
    completedFen: fen.toString(),
    physicalPercent: String(Math.floor((worked * 100) / months)),
  });
  const problems = random.chance(10) ? { problems: '示例问题:施工图变更' } : {};
  const [reported] = yield* step(on, 'ReportProgress', { ...report(completedFen), ...problems });
  if (reported && random.chance(1)) {
    const reason = '示例原因:当月完成投资重复统计';
    yield* step(on, 'ReverseEntry', { eventId: reported.id, reason });
    yield* step(on, 'ReportProgress', report(completedFen / 2n));
  }
  if (worked % 3 !== 0) return;
  for (const pocket of purse.filled('receivedFen', purse.year))
    yield* pay(cast, pocket, random.int(30, 60), on);
}
