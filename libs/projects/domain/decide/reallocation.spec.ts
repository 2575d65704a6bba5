import { command, eventId, given } from '../testing/decider-specification.js';
import {
  adjustEstimate,
  approved,
  central,
  closeYear,
  fund,
  funded,
  reallocate,
  selfRaised,
  wan,
} from '../testing/stories.js';

const plan = (amount: number) =>
  command('PlanFunding', { lines: [{ ...central, amountFen: wan(amount) }], reason: '调剂' });
const reverseLast = (life: readonly unknown[]) =>
  command('ReverseEntry', { eventId: eventId(life.length - 1), reason: '误录' });
const allotted = [...approved, fund('AllocateFunds', 300), fund('DisburseFunds', 100)];

describe('money handed over to another project', () => {
  it('is what stands at the stage, and no more', () => {
    const half = reallocate('Out', 200);
    given(...allotted)
      .when(half)
      .thenEvents({ type: 'FundsReallocatedOut', data: half.data as never });
    given(...allotted)
      .when(reallocate('Out', 201))
      .thenRefused(
        'funds.reallocatedOverBalance',
        { stage: 'allocated', balanceFen: wan(200), excessFen: wan(1) },
        '本次调出 2,010,000.00 元，超过下达环节余额 2,000,000.00 元，差 10,000.00 元',
      );
    given(...allotted)
      .when(reallocate('Out', 101, { stage: 'disbursed' }))
      .thenRefused('funds.reallocatedOverBalance', { balanceFen: wan(100) });
    given(...funded)
      .when(reallocate('Out', 300, { stage: 'received' }))
      .thenRecords('FundsReallocatedOut');
  });

  it('is gone: it can be disbursed or paid no more, and the refusal says where it went', () => {
    given(...allotted, reallocate('Out', 150))
      .when(fund('DisburseFunds', 51))
      .thenRefused('funds.disbursedOverAllocated', { limitFen: wan(150) }, '扣除调出 1,500,000.00 元');
    given(...funded, reallocate('Out', 250, { stage: 'received' }))
      .when(fund('PayFunds', 51))
      .thenRefused('funds.paidOverReceived', { limitFen: wan(50) });
  });

  it('opens the plan of the line again, which may then shrink by as much and no more', () => {
    given(...allotted, reallocate('Out', 150))
      .when(plan(149))
      .thenRefused('plan.belowUsed', { usedFen: wan(150) });
    given(...allotted, reallocate('Out', 150), plan(150))
      .when(fund('AllocateFunds', 1))
      .thenRefused('funds.allocatedOverPlanned', { alreadyFen: wan(300) }, '计划（含调出 1,500,000.00 元）');
    given(...allotted, reallocate('Out', 150))
      .when(fund('AllocateFunds', 150))
      .thenRecords('FundsAllocated');
  });

  it('leaves a withdrawn project too, and never from money that is not fiscal', () => {
    given(...allotted, command('Withdraw', { reason: '不建了' }))
      .when(reallocate('Out', 200))
      .thenRecords('FundsReallocatedOut');
    given(...approved, fund('ReceiveFunds', 100, selfRaised))
      .when(reallocate('Out', 1, { ...selfRaised, stage: 'received' }))
      .thenRefused('funds.stageNotForSource', { source: 'SelfRaised' });
  });
});

describe('money taken from another project', () => {
  it('needs a plan with room for it, and walks on from its stage', () => {
    given(...approved)
      .when(reallocate('In', 301))
      .thenRefused('funds.reallocatedOverPlanned', { limitFen: wan(300), excessFen: wan(1) });
    given(...approved, fund('ApplyForFunds', 100))
      .when(reallocate('In', 201))
      .thenRefused('funds.reallocatedOverPlanned', { alreadyFen: wan(100) });
    given(...approved, reallocate('In', 200))
      .when(fund('AllocateFunds', 101))
      .thenRefused('funds.allocatedOverPlanned', { limitFen: wan(100) }, '计划（扣除调入 2,000,000.00 元）');
    given(...approved, reallocate('In', 200), fund('DisburseFunds', 200), fund('ReceiveFunds', 200))
      .when(fund('PayFunds', 200))
      .thenRecords('FundsPaid');
    given(...approved, reallocate('In', 200))
      .when(fund('DisburseFunds', 201))
      .thenRefused('funds.disbursedOverAllocated', { limitFen: wan(200) }, '含调入 2,000,000.00 元');
  });

  it('is not given back once it has moved on', () => {
    const taken = [...approved, reallocate('In', 200)];
    given(...taken)
      .when(reverseLast(taken))
      .thenRecords('EntryReversed');
    given(...taken, fund('DisburseFunds', 1))
      .when(reverseLast(taken))
      .thenRefused('reversal.moneyMovedOn', { stage: 'allocated', balanceFen: wan(199) });
  });

  it('needs an approved project and open years', () => {
    given(...approved.slice(0, 1))
      .when(reallocate('In', 1))
      .thenRefused('lifecycle.illegalTransition');
    given(...approved, closeYear(2025))
      .when(reallocate('In', 1))
      .thenRefused('year.closed', { closed: [2025] });
    given(...approved, closeYear(2025))
      .when(reallocate('In', 1, { priorYear: true }))
      .thenRecords('FundsReallocatedIn');
  });
});

it('money that comes back is claimed again, so plan and estimate must have room', () => {
  const gone = [...allotted, reallocate('Out', 150)];
  given(...gone, plan(150))
    .when(reverseLast(gone))
    .thenRefused('reversal.planUsed', { excessFen: wan(150) });
  given(...gone, adjustEstimate(200))
    .when(reverseLast(gone))
    .thenRefused('reversal.estimateUsed', { excessFen: wan(100) });
  given(...gone)
    .when(reverseLast(gone))
    .thenRecords('EntryReversed');
});

describe('an entry that is declined', () => {
  const decline = (entryId: string) =>
    command('DeclineEntry', { entryId, entryType: 'FundsAllocated', reason: '计划已调减' });

  it('is declined once, and never where it is recorded', () => {
    const other = eventId(99);
    given(...approved)
      .when(decline(other))
      .thenRecords('EntryDeclined');
    given(...approved, decline(other))
      .when(decline(other))
      .thenRecords();
    given(...allotted)
      .when(decline(eventId(approved.length)))
      .thenRecords();
  });
});
