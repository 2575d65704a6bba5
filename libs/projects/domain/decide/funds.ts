import type { Fen } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import { isDirect, planLimit, type LineKey } from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { FUNDING_SOURCES, FUND_STAGES } from '../vocabulary.js';
import { assertText, positiveFen, type Handlers } from './guards.js';
import { assertWithin, lineName, yuan } from './money-words.js';
import { assertYears, yearsOf } from './years.js';

interface FundData extends LineKey {
  amountFen: string;
  priorYear?: true;
  toYear?: number;
}

/** 申请 to 收回. Each is one transfer between neighbouring stages and may take no more than stands at the one before. */
export const fundHandlers: Handlers<
  | 'ApplyForFunds'
  | 'AllocateFunds'
  | 'DisburseFunds'
  | 'ReceiveFunds'
  | 'PayFunds'
  | 'CarryForwardFunds'
  | 'RecoverFunds'
> = {
  ApplyForFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '申请金额');
    assertFiscal(data, 'applied');
    assertText(data.documentNumber, 'documentNumber', '申请文号');
    const already = state.money.totals(data).applied;
    assertPlanned('funds.appliedOverPlanned', data, state, '申请', amount, already);
    return [{ type: 'FundsApplied', data }];
  },
  AllocateFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '下达金额');
    assertFiscal(data, 'allocated');
    assertText(data.documentNumber, 'documentNumber', '下达文号');
    const already = state.money.totals(data).allocated;
    assertPlanned('funds.allocatedOverPlanned', data, state, '下达', amount, already);
    return [{ type: 'FundsAllocated', data }];
  },
  DisburseFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '拨付金额');
    assertFiscal(data, 'disbursed');
    assertText(data.documentNumber, 'documentNumber', '拨付文号');
    const { allocated, allocatedIn, allocatedOut, disbursed } = state.money.totals(data);
    assertWithin('funds.disbursedOverAllocated', {
      ...{ line: data, step: '拨付', amount, already: disbursed },
      limitName: `已下达${carried(allocatedIn, allocatedOut)}`,
      limit: allocated + allocatedIn - allocatedOut,
    });
    return [{ type: 'FundsDisbursed', data }];
  },
  ReceiveFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '到位金额');
    assertText(data.documentNumber, 'documentNumber', '到位凭证号');
    const { disbursed, disbursedIn, disbursedOut, received } = state.money.totals(data);
    if (isDirect(data.source)) {
      // A receipt nobody pledged would raise Σ sources without a decision: the plan is revised first, and says why.
      assertPlanned('funds.receivedOverPlanned', data, state, '到位', amount, received);
    } else {
      assertWithin('funds.receivedOverDisbursed', {
        ...{ line: data, step: '到位', amount, already: received },
        limitName: `已拨付${carried(disbursedIn, disbursedOut)}`,
        limit: disbursed + disbursedIn - disbursedOut,
      });
    }
    return [{ type: 'FundsReceived', data }];
  },
  PayFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '支付金额');
    assertText(data.payee, 'payee', '收款单位');
    assertText(data.basisDocument, 'basisDocument', '支付依据(合同、发票等)');
    assertText(data.purpose, 'purpose', '支付用途');
    const { received, receivedIn, receivedOut, recovered, paid } = state.money.totals(data);
    assertWithin('funds.paidOverReceived', {
      ...{ line: data, step: '支付', amount, already: paid },
      limitName: `已到位${carried(receivedIn, receivedOut + recovered)}`,
      limit: received + receivedIn - receivedOut - recovered,
    });
    return [{ type: 'FundsPaid', data }];
  },
  RecoverFunds: (data, state, { effectiveDate }) => {
    const amount = amountOf(data, state, effectiveDate, '收回金额');
    assertText(data.documentNumber, 'documentNumber', '收回文号');
    const { received, receivedIn, receivedOut, recovered, paid } = state.money.totals(data);
    assertWithin('funds.recoveredOverUnpaid', {
      ...{ line: data, step: '收回', amount, already: recovered },
      limitName: `已到位${carried(receivedIn, receivedOut)}扣除已支付 ${yuan(paid)} 后的余额`,
      limit: received + receivedIn - receivedOut - paid,
    });
    return [{ type: 'FundsRecovered', data }];
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
        `${lineName(data)}:本次结转 ${yuan(amount)},超过${FUND_STAGES[stage]}环节余额 ${yuan(balance)},` +
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

function amountOf(data: FundData, state: ProjectState, effectiveDate: PartialDate, what: string): Fen {
  const amount = positiveFen(data.amountFen, what);
  assertYears(state, yearsOf(data, effectiveDate), data.priorYear);
  return amount;
}

function assertFiscal({ source }: LineKey, stage: 'applied' | 'allocated' | 'disbursed'): void {
  if (!isDirect(source)) return;
  refuse(
    'funds.stageNotForSource',
    `${FUNDING_SOURCES[source]}直接到位,没有“${FUND_STAGES[stage]}”环节;请登记到位`,
    { source, stage },
  );
}

function assertPlanned(
  code: 'funds.appliedOverPlanned' | 'funds.allocatedOverPlanned' | 'funds.receivedOverPlanned',
  line: LineKey,
  { plan = [], money }: ProjectState,
  step: string,
  amount: Fen,
  already: Fen,
): void {
  const limit = planLimit(plan, money, line);
  const hint = '如确需增加,请先调整资金来源计划';
  assertWithin(code, { line, step, amount, already, limitName: '计划', limit, hint });
}

/** Says that a limit is not the plain total, where it is not. */
function carried(into: Fen, out: Fen): string {
  if (into === 0n && out === 0n) return '';
  return `(含结转转入 ${yuan(into)}、扣除转出和收回 ${yuan(out)})`;
}
