import type { FundingPlanLine } from '../events.js';
import { command, eventId, given } from '../testing/decider-specification.js';
import { approved, central, closeYear, enter, fund, selfRaised, wan } from '../testing/stories.js';

const plan = (lines: FundingPlanLine[], reason?: string) =>
  command('PlanFunding', reason === undefined ? { lines } : { lines, reason });
const own = (amount: number): FundingPlanLine => ({ source: 'SelfRaised', amountFen: wan(amount) });
const fromCentre = (amount: number): FundingPlanLine => ({ ...central, amountFen: wan(amount) });

describe('the funding plan', () => {
  it('is planned once and then revised, with a reason', () => {
    given(enter)
      .when(plan([own(200)]))
      .thenEvents({ type: 'FundingPlanned', data: { lines: [own(200)] } });
    given(enter, plan([own(200)]))
      .when(plan([own(300)]))
      .thenRefused('plan.reasonRequired');
    given(enter, plan([own(200)]))
      .when(plan([own(300)], '增加自筹'))
      .thenEvents({
        type: 'FundingPlanRevised',
        data: { lines: [own(300)], previous: [own(200)], reason: '增加自筹' },
      });
  });

  it('records nothing where nothing changed, in whatever order', () => {
    given(enter, plan([own(200), fromCentre(1)]))
      .when(plan([fromCentre(1), own(200)]))
      .thenEvents();
  });

  it('has lines, each once and above nothing', () => {
    given(enter).when(plan([])).thenRefused('plan.empty');
    given(enter)
      .when(plan([own(1), own(2)]))
      .thenRefused('plan.duplicateLine', { source: 'SelfRaised' }, '自筹资金 未分年度');
    given(enter)
      .when(plan([own(0)]))
      .thenRefused('amount.notPositive');
  });

  it('may be taken away as long as nothing was used', () => {
    given(enter, plan([own(1)]))
      .when(plan([], '取消'))
      .thenRecords('FundingPlanRevised');
  });

  it.each([
    ['applied', [fund('ApplyForFunds', 100)]],
    ['allocated', [fund('ApplyForFunds', 50), fund('AllocateFunds', 100)]],
  ])('is not cut below what is %s', (_, before) => {
    given(...approved, ...before)
      .when(plan([fromCentre(99), own(200)], '压减'))
      .thenRefused(
        'plan.belowUsed',
        { limitFen: wan(99), usedFen: wan(100), excessFen: wan(1) },
        '差 10,000.00 元',
      );
    given(...approved, ...before)
      .when(plan([fromCentre(100), own(200)], '压减'))
      .thenRecords('FundingPlanRevised');
  });

  it('is not cut below what was received of direct money, and may move between years', () => {
    const received = fund('ReceiveFunds', 100, selfRaised);
    given(...approved, received)
      .when(plan([fromCentre(300), own(99)], '压减'))
      .thenRefused('plan.belowUsed', { source: 'SelfRaised' });
    given(...approved, received)
      .when(plan([fromCentre(300), { ...selfRaised, amountFen: wan(60) }, own(40)], '分年'))
      .thenRecords('FundingPlanRevised');
  });

  it('leaves closed years as they are', () => {
    given(...approved, closeYear(2025))
      .when(plan([fromCentre(299), own(200)], '压减'))
      .thenRefused('year.closed', { closed: [2025] });
    given(...approved, closeYear(2025))
      .when(plan([fromCentre(300), own(100)], '压减'))
      .thenRecords('FundingPlanRevised');
  });

  it('comes back when its revision is reversed, unless more was used since', () => {
    const revised = [...approved, plan([fromCentre(400), own(100)], '追加')];
    const reverse = command('ReverseEntry', { eventId: eventId(approved.length), reason: '误录' });
    const { history, when } = given(...revised);
    when(reverse).thenRecords('EntryReversed');
    expect(history.state.plan).toEqual([fromCentre(300), own(200)]);
    given(...revised, fund('AllocateFunds', 301))
      .when(reverse)
      .thenRefused('reversal.planUsed', { limitFen: wan(300), usedFen: wan(301) });
    given(...revised, closeYear(2025))
      .when(reverse)
      .thenRefused('year.closed');
  });
});
