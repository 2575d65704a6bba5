import { command, given } from '../testing/decider-specification.js';
import { accepted, adjustEstimate, approved, carry, fund, funded, wan } from '../testing/stories.js';
import { accept, exempt, start } from '../testing/stories.js';

const lottery = { source: 'WelfareLotteryFund', level: 'county' } as const;
const bond = { source: 'LocalSpecialBond' } as const;
const repaymentPlan = { documentNumber: '示例财债〔2025〕3号', maturity: '2040-06' };
const planned = (line: object, more: object = {}) =>
  command('PlanFunding', {
    lines: [{ ...line, budgetYear: 2025, amountFen: wan(100) } as never],
    reason: '示例',
    ...more,
  });

describe('welfare-lottery money', () => {
  it('says its level from the plan on, its purpose when it is allotted and paid', () => {
    given(...approved)
      .when(planned({ source: 'WelfareLotteryFund' }))
      .thenRefused('funds.levelMissing');
    const life = [...approved, planned(lottery)];
    given(...life)
      .when(fund('AllocateFunds', 100, lottery))
      .thenRefused('funds.purposeMissing', {}, '老年人福利');
    const purposeful = { ...lottery, lotteryPurpose: 'ElderlyWelfare' } as const;
    const received = [
      ...life,
      fund('AllocateFunds', 100, purposeful),
      fund('DisburseFunds', 100, lottery),
      fund('ReceiveFunds', 100, lottery),
    ];
    given(...received)
      .when(fund('PayFunds', 100, lottery))
      .thenRefused('funds.purposeMissing');
    given(...received)
      .when(fund('PayFunds', 100, purposeful))
      .thenRecords('FundsPaid');
    given(...approved)
      .when(fund('AllocateFunds', 1, { lotteryPurpose: 'ElderlyWelfare' }))
      .thenRefused('funds.purposeNotForSource');
  });
});

describe('a special bond', () => {
  it('names the plan it is repaid by, when planned and when allotted', () => {
    given(...approved)
      .when(planned(bond))
      .thenRefused('funds.repaymentPlanMissing');
    const life = [...approved, planned({ ...bond, repaymentPlan })];
    given(...life)
      .when(fund('AllocateFunds', 100, bond))
      .thenRefused('funds.repaymentPlanMissing');
    given(...life)
      .when(fund('AllocateFunds', 100, { ...bond, repaymentPlan: { ...repaymentPlan, maturity: '2024' } }))
      .thenRefused('funds.repaidBeforeIssue');
    given(...life)
      .when(fund('AllocateFunds', 100, { ...bond, repaymentPlan }))
      .thenRecords('FundsAllocated');
    given(...approved)
      .when(fund('AllocateFunds', 1, { repaymentPlan }))
      .thenRefused('funds.repaymentPlanNotForSource');
  });

  it('may stand without it on a published list, which prints amounts only', () => {
    given(...approved)
      .when(planned(bond, { asListed: true }))
      .thenRecords('FundingPlanRevised');
  });

  it('is another line once its repayment plan is known: the plan is revised, no money moves', () => {
    given(...approved, planned(bond, { asListed: true }))
      .when(planned({ ...bond, repaymentPlan }))
      .thenRecords('FundingPlanRevised');
  });
});

describe('the estimate', () => {
  const all = [
    { source: 'CentralBudgetInvestment' as const, budgetYear: 2025, amountFen: wan(600) },
    { source: 'SelfRaised' as const, amountFen: wan(1) },
  ];
  const plan = command('PlanFunding', { lines: all, reason: '追加' });

  it('limits the plan, and an adjustment opens it again', () => {
    given(...approved)
      .when(plan)
      .thenRefused('plan.overEstimate', { limitFen: wan(500), excessFen: wan(101) }, '请先办理概算调整');
    given(...approved, adjustEstimate(601))
      .when(plan)
      .thenRecords('FundingPlanRevised');
  });

  it('limits what is claimed, all sources together, with an application counted once', () => {
    const life = [...approved, fund('ApplyForFunds', 300), adjustEstimate(310)];
    given(...life)
      .when(fund('AllocateFunds', 300))
      .thenRecords('FundsAllocated');
    given(...life)
      .when(fund('ReceiveFunds', 11, { source: 'SelfRaised' }))
      .thenRefused('funds.overEstimate', { alreadyFen: wan(300), limitFen: wan(310), excessFen: wan(1) });
    given(...life, adjustEstimate(311))
      .when(fund('ReceiveFunds', 11, { source: 'SelfRaised' }))
      .thenRecords('FundsReceived');
  });

  it('is not adjusted below what is claimed', () => {
    given(...funded)
      .when(adjustEstimate(299))
      .thenRefused('estimate.belowUsed', { usedFen: wan(300), excessFen: wan(1) });
  });
});

describe('a surplus', () => {
  const built = [...funded.slice(0, 4), start, ...funded.slice(4), accept];

  it('is returned after acceptance, up to what was received and neither paid nor recovered', () => {
    const spent = [...built, fund('PayFunds', 250), fund('RecoverFunds', 20)];
    given(...spent)
      .when(fund('ReturnSurplus', 31))
      .thenRefused(
        'funds.returnedOverUnpaid',
        { limitFen: wan(30), excessFen: wan(1) },
        '已支付 2,500,000.00 元、已收回 200,000.00 元后的余额',
      );
    given(...spent, fund('ReturnSurplus', 30))
      .when(fund('PayFunds', 1))
      .thenRefused('funds.paidOverReceived', {}, '扣除收回和上缴');
    given(...spent, fund('ReturnSurplus', 30))
      .when(fund('RecoverFunds', 1))
      .thenRefused('funds.recoveredOverUnpaid');
  });

  it('is none before acceptance or exemption, and of fiscal money only', () => {
    given(...funded, start)
      .when(fund('ReturnSurplus', 1))
      .thenRefused('funds.returnedBeforeAcceptance');
    given(...funded, start, exempt)
      .when(fund('ReturnSurplus', 1))
      .thenRecords('FundsReturned');
    given(...accepted, fund('ReceiveFunds', 10, { source: 'SelfRaised' }))
      .when(fund('ReturnSurplus', 1, { source: 'SelfRaised' }))
      .thenRefused('funds.stageNotForSource');
  });

  it('may be of an earlier year that was carried forward', () => {
    given(...built, carry('received', 40))
      .when(fund('ReturnSurplus', 40, { budgetYear: 2026 }, '2026-09-01'))
      .thenRecords('FundsReturned');
  });
});
