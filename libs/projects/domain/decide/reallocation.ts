import { claimOf, planLimit } from '../money-lines.js';
import type { ProjectEventData } from '../events.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { FUND_STAGES } from '../vocabulary.js';
import { assertWithinEstimate } from './estimate.js';
import { amountOf, assertFiscal } from './fund-guards.js';
import { assertText, type Handlers } from './guards.js';
import { assertWithin, lineName, yuan } from './money-words.js';

type Half = ProjectEventData<'FundsReallocatedOut'>;

/** The two halves of 调剂. Each is decided by its own project; that both are recorded is the application's to see to. */
export const reallocationHandlers: Handlers<'ReallocateFundsOut' | 'ReallocateFundsIn'> = {
  ReallocateFundsOut: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '调出金额');
    assertPapers(data);
    const balance = state.money.balances(data)[data.stage];
    if (amount > balance) {
      refuse(
        'funds.reallocatedOverBalance',
        `${lineName(data)}：本次调出 ${yuan(amount)}，超过${FUND_STAGES[data.stage]}环节余额 ${yuan(balance)}，` +
          `差 ${yuan(amount - balance)}`,
        {
          stage: data.stage,
          amountFen: amount.toString(),
          balanceFen: balance.toString(),
          excessFen: (amount - balance).toString(),
        },
      );
    }
    return [{ type: 'FundsReallocatedOut', data }];
  },
  ReallocateFundsIn: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '调入金额');
    assertPapers(data);
    assertRoomInPlan(data, state, amount);
    assertWithinEstimate(state, data, '调入', amount);
    return [{ type: 'FundsReallocatedIn', data }];
  },
};

function assertPapers(data: Half): void {
  assertFiscal(data, data.stage);
  assertText(data.documentNumber, 'documentNumber', '调剂文号');
  assertText(data.reason, 'reason', '调剂原因');
}

/** Money taken from another project is planned for like any other. */
function assertRoomInPlan(data: Half, { plan = [], money }: ProjectState, amount: bigint): void {
  assertWithin('funds.reallocatedOverPlanned', {
    ...{ line: data, step: '调入', amount, already: claimOf(data.source, money.totals(data)) },
    alreadyName: '已申请、下达和调入',
    limitName: '计划',
    limit: planLimit(plan, money, data),
    hint: '如确需增加，请先调整资金来源计划',
  });
}
