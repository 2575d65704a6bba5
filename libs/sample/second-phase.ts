import { addDays } from './calendar.js';
import { purposeOf, repaidBy } from './earmarks.js';
import { step, type Story } from './life.js';
import type { Cast, HandedOver } from './preparation.js';

const AUTHORITY = '示例州示例发展改革委';

/** 二期: a small project that begins with money handed over by the first phase, and the other half of that 调剂. */
export function* secondPhase(cast: Cast, { on, half }: HandedOver): Story {
  const { projectId, profile } = cast;
  const { source, level, budgetYear, amountFen } = half;
  const line = { source, ...(level && { level }), budgetYear };
  const { totalInvestmentFen: _, plannedStart: _start, plannedUse: _use, ...kept } = profile.details;
  const details = { ...kept, name: `${kept.name}二期`, totalInvestmentFen: amountFen, plannedCapacity: {} };
  const paper = (day: string) => ({ documentNumber: cast.document(day), authority: AUTHORITY });
  const day = (days: number) => addDays(on, days);
  yield* step(day(-90), 'EnterPool', {
    projectId: half.counterpartId,
    details,
    list: { title: '示例州重大项目清单(示例)' },
  });
  yield* step(day(-60), 'Approve', { mode: 'Approval', ...paper(day(-60)), approvedTotalFen: amountFen });
  yield* step(day(-50), 'ApproveEstimate', { ...paper(day(-50)), estimateFen: amountFen });
  yield* step(day(-40), 'PlanFunding', {
    lines: [{ ...line, ...purposeOf(profile, line), ...repaidBy(line), amountFen }],
  });
  yield* step(on, 'ReallocateFundsIn', { ...half, counterpartId: projectId });
  yield* step(day(20), 'StartConstruction', {});
  yield* step(day(60), 'PayFunds', {
    ...line,
    ...purposeOf(profile, line),
    amountFen: (BigInt(amountFen) / 2n).toString(),
    payee: '示例建设公司1号',
    basisDocument: '示例合同二期1号',
    purpose: '工程款',
  });
}
