import type { ProjectCommand } from '../commands.js';
import { command, given } from '../testing/decider-specification.js';
import { approved, carry, central, closeYear, fund, funded, selfRaised, wan } from '../testing/stories.js';

const own = (amount: number) => fund('ReceiveFunds', amount, selfRaised);
const lottery = (level: 'provincial' | 'county') =>
  ({ source: 'WelfareLotteryFund', level, lotteryPurpose: 'ElderlyWelfare' }) as const;

describe('money on its way', () => {
  it('records each step as it was said', () => {
    const pay = fund('PayFunds', 300);
    given(...funded)
      .when(pay)
      .thenEvents({ type: 'FundsPaid', data: pay.data as never });
    given(...funded)
      .when(fund('RecoverFunds', 300))
      .thenRecords('FundsRecovered');
    given(...approved)
      .when(own(200))
      .thenRecords('FundsReceived');
  });

  it('shows the arithmetic in 元', () => {
    const some = [fund('AllocateFunds', 150), fund('DisburseFunds', 50)];
    given(...approved, ...some)
      .when(fund('DisburseFunds', 120))
      .thenRefused(
        'funds.disbursedOverAllocated',
        {
          source: 'CentralBudgetInvestment',
          budgetYear: 2025,
          amountFen: wan(120),
          alreadyFen: wan(50),
          totalFen: wan(170),
          limitFen: wan(150),
          excessFen: wan(20),
        },
        '中央预算内投资 2025 年度：本次拨付 1,200,000.00 元，已拨付 500,000.00 元，合计 1,700,000.00 元，' +
          '超过已下达 1,500,000.00 元，差 200,000.00 元',
      );
  });

  const oneFenOver = (given_: ProjectCommand): ProjectCommand => {
    const { amountFen, ...data } = given_.data as { amountFen: string };
    return { ...given_, data: { ...data, amountFen: `${BigInt(amountFen) + 1n}` } } as ProjectCommand;
  };
  const steps = funded.slice(approved.length);
  it.each([
    ['funds.appliedOverPlanned', [], fund('ApplyForFunds', 300)],
    ['funds.allocatedOverPlanned', [], fund('AllocateFunds', 300)],
    ['funds.disbursedOverAllocated', [fund('AllocateFunds', 200)], fund('DisburseFunds', 200)],
    [
      'funds.receivedOverDisbursed',
      [fund('AllocateFunds', 200), fund('DisburseFunds', 100)],
      fund('ReceiveFunds', 100),
    ],
    ['funds.receivedOverPlanned', [], own(200)],
    ['funds.paidOverReceived', steps, fund('PayFunds', 300)],
    ['funds.paidOverReceived', [...steps, fund('RecoverFunds', 60)], fund('PayFunds', 240)],
    ['funds.recoveredOverUnpaid', [...steps, fund('PayFunds', 100)], fund('RecoverFunds', 200)],
    ['funds.carriedOverBalance', [fund('AllocateFunds', 100)], carry('allocated', 100)],
    ['funds.carriedOverBalance', steps.slice(0, 3), carry('disbursed', 300)],
    ['funds.carriedOverBalance', steps, carry('received', 300)],
  ] as const)('%s: refused one fen over, taken at the limit', (code, before, atTheLimit) => {
    given(...approved, ...before)
      .when(oneFenOver(atTheLimit))
      .thenRefused(code, { excessFen: '1' }, '差 0.01 元');
    expect(
      given(...approved, ...before)
        .history.take(atTheLimit)
        .map(({ data }) => data),
    ).toEqual([atTheLimit.data]);
  });

  it.each([
    'ApplyForFunds',
    'AllocateFunds',
    'DisburseFunds',
    'ReceiveFunds',
    'PayFunds',
    'RecoverFunds',
  ] as const)('%s of nothing, of less or of no number is refused', (type) => {
    given(...funded)
      .when(fund(type, 0))
      .thenRefused('amount.notPositive', {}, '应大于零');
    given(...funded)
      .when(fund(type, -1))
      .thenRefused('amount.notPositive');
    for (const amountFen of ['1.5', '', '007', '1e3', '10000000000000000000']) {
      given(...funded)
        .when(fund(type, 0, { amountFen }))
        .thenRefused('amount.unreadable', { amountFen });
    }
  });

  it('pays nobody without payee, basis and purpose', () => {
    given(...funded)
      .when(fund('PayFunds', 1, { payee: '' }))
      .thenRefused('text.missing', { field: 'payee' });
    given(...funded)
      .when(fund('PayFunds', 1, { basisDocument: ' ' }))
      .thenRefused('text.missing', { field: 'basisDocument' });
    given(...funded)
      .when(fund('PayFunds', 1, { purpose: '' }))
      .thenRefused('text.missing', { field: 'purpose' });
  });

  it.each([
    fund('ApplyForFunds', 1, { documentNumber: '' }),
    fund('AllocateFunds', 1, { documentNumber: '' }),
    fund('DisburseFunds', 1, { documentNumber: '' }),
    fund('ReceiveFunds', 1, { documentNumber: '' }),
    fund('RecoverFunds', 1, { documentNumber: '' }),
    carry('received', 1, { documentNumber: '' }),
  ])('$type rests on a document', (asked) => {
    given(...funded)
      .when(asked)
      .thenRefused('text.missing', { field: 'documentNumber' });
  });

  it('knows that direct money is neither applied for, allotted nor disbursed', () => {
    for (const type of ['ApplyForFunds', 'AllocateFunds', 'DisburseFunds'] as const) {
      given(...approved)
        .when(fund(type, 1, selfRaised))
        .thenRefused('funds.stageNotForSource', { source: 'SelfRaised' });
    }
    given(...approved, own(10))
      .when(carry('allocated', 1, selfRaised))
      .thenRefused('funds.stageNotForSource');
    given(...approved, own(10))
      .when(carry('received', 10, selfRaised))
      .thenRecords('FundsCarriedForward');
  });

  it('carries what is left into a later year, where it goes on', () => {
    given(...funded)
      .when(carry('received', 1, { toYear: 2025 }))
      .thenRefused('funds.carriedBackwards');
    const next = { budgetYear: 2026 };
    const moved = [...approved, fund('AllocateFunds', 300), carry('allocated', 300)];
    given(...moved)
      .when(fund('DisburseFunds', 1))
      .thenRefused('funds.disbursedOverAllocated');
    given(...moved)
      .when(fund('DisburseFunds', 300, next, '2026-02'))
      .thenRecords('FundsDisbursed');
    given(...moved)
      .when(fund('AllocateFunds', 1, next, '2026-02'))
      .thenRefused('funds.allocatedOverPlanned', { limitFen: '0' });
  });

  it('keeps levels of one source apart', () => {
    const lines = [
      { ...lottery('provincial'), amountFen: wan(50) },
      { ...lottery('county'), amountFen: wan(20) },
    ];
    const plan = command('PlanFunding', { lines, reason: '改用福彩公益金' }, { effectiveDate: '2024-11' });
    given(...approved, plan)
      .when(fund('AllocateFunds', 21, lottery('county')))
      .thenRefused(
        'funds.allocatedOverPlanned',
        { level: 'county', limitFen: wan(20) },
        '福彩公益金（县级） 2025 年度',
      );
    given(...approved, plan)
      .when(fund('AllocateFunds', 50, lottery('provincial')))
      .thenRecords('FundsAllocated');
  });

  it('lets years share what the plan prints without a year, once', () => {
    const in2026 = { ...selfRaised, budgetYear: 2026 };
    given(...approved, own(150))
      .when(fund('ReceiveFunds', 51, in2026, '2026-02'))
      .thenRefused('funds.receivedOverPlanned', { limitFen: wan(50) });
    given(...approved, own(150))
      .when(fund('ReceiveFunds', 50, in2026, '2026-02'))
      .thenRecords('FundsReceived');
  });

  it('knows no plan: nothing can be allotted or pledged', () => {
    given(...approved.slice(0, 3))
      .when(fund('AllocateFunds', 1))
      .thenRefused('funds.allocatedOverPlanned', { limitFen: '0' }, '请先调整资金来源计划');
  });
});

describe('a closed year', () => {
  const closed = [...funded, fund('PayFunds', 100), closeYear(2025)];
  const late = { ...central, priorYear: true } as const;

  it('is closed once, and not before it begins', () => {
    given(...closed)
      .when(closeYear(2025))
      .thenRefused('year.alreadyClosed');
    given(...funded)
      .when(closeYear(2027))
      .thenRefused('year.notBegun');
    given(...funded)
      .when(closeYear(2026))
      .thenRecords('BudgetYearClosed');
  });

  it('takes only what is marked 以前年度, and the mark is for closed years only', () => {
    given(...closed)
      .when(fund('PayFunds', 1, {}, '2026-02'))
      .thenRefused('year.closed', { closed: [2025] });
    given(...closed)
      .when(fund('PayFunds', 1, late, '2026-02'))
      .thenRecords('FundsPaid');
    given(...funded)
      .when(fund('PayFunds', 1, late))
      .thenRefused('year.notClosed', { years: [2025] });
  });

  it('is meant by the effective date and by the year money is carried to as well', () => {
    const next = fund('ReceiveFunds', 1, { ...selfRaised, budgetYear: 2026 }, '2025-12-30');
    given(...closed)
      .when(next)
      .thenRefused('year.closed', { closed: [2025] });
    given(...closed, closeYear(2026))
      .when(carry('received', 1, { budgetYear: 2024, toYear: 2026 }))
      .thenRefused('year.closed', { closed: [2026, 2025] });
  });
});
