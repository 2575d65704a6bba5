import type { Fen } from '#libs/kernel/money.js';
import {
  claimOf,
  handedOver,
  isDirect,
  movedAlong,
  planLimit,
  type CarryStage,
  type LineKey,
  type LineTotals,
} from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { FUND_STAGES } from '../vocabulary.js';
import { assertEarmarks } from './earmarks.js';
import { assertWithinEstimate } from './estimate.js';
import { amountOf, assertFiscal } from './fund-guards.js';
import { assertText, type Handlers } from './guards.js';
import { assertWithin, lineName, yuan } from './money-words.js';

/** 申请 to 收回. Each is one transfer between neighbouring stages and may take no more than stands at the one before. */
export const fundHandlers: Handlers<
  | 'ApplyForFunds'
  | 'AllocateFunds'
  | 'DisburseFunds'
  | 'ReceiveFunds'
  | 'PayFunds'
  | 'CarryForwardFunds'
  | 'RecoverFunds'
  | 'ReturnSurplus'
> = {
  ApplyForFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '申请金额');
    assertFiscal(data, 'applied');
    assertText(data.documentNumber, 'documentNumber', '申请文号');
    assertEarmarks(data, { level: true }, effectiveDate);
    const already = state.money.totals(data).applied;
    assertPlanned('funds.appliedOverPlanned', data, state, '申请', amount, already);
    return [{ type: 'FundsApplied', data }];
  },
  AllocateFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '下达金额');
    assertFiscal(data, 'allocated');
    assertText(data.documentNumber, 'documentNumber', '下达文号');
    assertEarmarks(data, { level: true, purpose: true, repayment: true }, effectiveDate);
    const already = state.money.totals(data).allocated;
    assertPlanned('funds.allocatedOverPlanned', data, state, '下达', amount, already);
    return [{ type: 'FundsAllocated', data }];
  },
  DisburseFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '拨付金额');
    assertFiscal(data, 'disbursed');
    assertText(data.documentNumber, 'documentNumber', '拨付文号');
    const totals = state.money.totals(data);
    const { allocated, disbursed } = totals;
    assertWithin('funds.disbursedOverAllocated', {
      ...{ line: data, step: '拨付', amount, already: disbursed },
      limitName: `已下达${movedInWords(totals, 'allocated')}`,
      limit: allocated + movedAlong(totals, 'allocated'),
    });
    return [{ type: 'FundsDisbursed', data }];
  },
  ReceiveFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '到位金额');
    assertText(data.documentNumber, 'documentNumber', '到位凭证号');
    assertEarmarks(data, {}, effectiveDate);
    const totals = state.money.totals(data);
    const { disbursed, received } = totals;
    if (isDirect(data.source)) {
      // A receipt nobody pledged would raise Σ sources without a decision: the plan is revised first, and says why.
      assertPlanned('funds.receivedOverPlanned', data, state, '到位', amount, received);
    } else {
      assertWithin('funds.receivedOverDisbursed', {
        ...{ line: data, step: '到位', amount, already: received },
        limitName: `已拨付${movedInWords(totals, 'disbursed')}`,
        limit: disbursed + movedAlong(totals, 'disbursed'),
      });
    }
    return [{ type: 'FundsReceived', data }];
  },
  PayFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '支付金额');
    assertText(data.payee, 'payee', '收款单位');
    assertText(data.basisDocument, 'basisDocument', '支付依据（合同、发票等）');
    assertText(data.purpose, 'purpose', '支付用途');
    assertEarmarks(data, { purpose: true }, effectiveDate);
    const totals = state.money.totals(data);
    const { received, recovered, returned, paid } = totals;
    assertWithin('funds.paidOverReceived', {
      ...{ line: data, step: '支付', amount, already: paid },
      limitName: `已到位${movedInWords(totals, 'received', recovered + returned)}`,
      limit: received + movedAlong(totals, 'received') - recovered - returned,
    });
    return [{ type: 'FundsPaid', data }];
  },
  RecoverFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '收回金额');
    assertText(data.documentNumber, 'documentNumber', '收回文号');
    const { recovered } = state.money.totals(data);
    assertLeftOver('funds.recoveredOverUnpaid', data, state, '收回', amount, recovered);
    return [{ type: 'FundsRecovered', data }];
  },
  ReturnSurplus: (data, state, { effectiveDate }) => {
    if (!state.accepted && !state.exempted) {
      refuse(
        'funds.returnedBeforeAcceptance',
        '项目未竣工验收（也未免予验收），结余未定，不能上缴；收回请登记资金收回',
      );
    }
    const amount = amountOf(data, state, effectiveDate, '上缴金额');
    assertFiscal(data, 'returned');
    assertText(data.documentNumber, 'documentNumber', '上缴文号');
    const { returned } = state.money.totals(data);
    assertLeftOver('funds.returnedOverUnpaid', data, state, '上缴', amount, returned);
    return [{ type: 'FundsReturned', data }];
  },
  CarryForwardFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '结转金额');
    const { stage, budgetYear, toYear } = data;
    assertText(data.documentNumber, 'documentNumber', '结转文号');
    if (stage !== 'received') assertFiscal(data, stage);
    if (toYear <= budgetYear) {
      refuse('funds.carriedBackwards', `结转的年度 ${toYear} 应晚于原年度 ${budgetYear}`, {
        budgetYear,
        toYear,
      });
    }
    const balance = state.money.balances(data)[stage];
    if (amount > balance) {
      refuse(
        'funds.carriedOverBalance',
        `${lineName(data)}：本次结转 ${yuan(amount)}，超过${FUND_STAGES[stage]}环节余额 ${yuan(balance)}，` +
          `差 ${yuan(amount - balance)}`,
        {
          stage,
          amountFen: amount.toString(),
          balanceFen: balance.toString(),
          excessFen: (amount - balance).toString(),
        },
      );
    }
    return [{ type: 'FundsCarriedForward', data }];
  },
};

/** Recovered and returned: together no more than what was received and not paid. */
function assertLeftOver(
  code: 'funds.recoveredOverUnpaid' | 'funds.returnedOverUnpaid',
  line: LineKey,
  { money }: ProjectState,
  step: '收回' | '上缴',
  amount: Fen,
  already: Fen,
): void {
  const totals = money.totals(line);
  const { received, paid, recovered, returned } = totals;
  const other = recovered + returned - already;
  const less = [`已支付 ${yuan(paid)}`];
  if (other > 0n) less.push(`${step === '收回' ? '已上缴' : '已收回'} ${yuan(other)}`);
  assertWithin(code, {
    ...{ line, step, amount, already },
    limitName: `已到位${movedInWords(totals, 'received')}扣除${less.join('、')}后的余额`,
    limit: received + movedAlong(totals, 'received') - paid - other,
  });
}

function assertPlanned(
  code: 'funds.appliedOverPlanned' | 'funds.allocatedOverPlanned' | 'funds.receivedOverPlanned',
  line: LineKey,
  state: ProjectState,
  step: string,
  amount: Fen,
  already: Fen,
): void {
  const { plan = [], money } = state;
  const totals = money.totals(line);
  const over = handedOver(totals);
  const limit = planLimit(plan, money, line) + over;
  const hint = '如确需增加，请先调整资金来源计划';
  const limitName =
    over === 0n ? '计划' : over > 0n ? `计划（含调出 ${yuan(over)}）` : `计划（扣除调入 ${yuan(-over)}）`;
  assertWithin(code, { line, step, amount, already, limitName, limit, hint });
  // What an application holds already is not claimed again by the allocation that answers it.
  const claim = claimOf(line.source, totals) + over;
  const more = already + amount - claim;
  if (more > 0n) assertWithinEstimate(state, line, step, more);
}

/** Says that a limit is not the plain total, where it is not. */
function movedInWords(t: Readonly<LineTotals>, stage: CarryStage, gone: Fen = 0n): string {
  const words: [string, Fen][] = [
    ['含结转转入', t[`${stage}In`]],
    ['含调入', t[`${stage}Taken`]],
    ['扣除结转转出', t[`${stage}Out`]],
    ['扣除调出', t[`${stage}Given`]],
    ['扣除收回和上缴', gone],
  ];
  const said = words.filter(([, fen]) => fen !== 0n).map(([what, fen]) => `${what} ${yuan(fen)}`);
  return said.length === 0 ? '' : `（${said.join('、')}）`;
}
