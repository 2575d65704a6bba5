import { command, eventId, given } from '../testing/decider-specification.js';
import {
  accept,
  accepted,
  approval,
  approve,
  approved,
  commission,
  enter,
  estimate,
  exempt,
  file,
  fund,
  inUse,
  planFunding,
  start,
  underConstruction,
  wan,
  PROJECT_ID,
  details,
} from '../testing/stories.js';

const on = (effectiveDate: string) => ({ effectiveDate });
const suspend = command('SuspendConstruction', { reason: '雨季' }, on('2025-07'));
const resume = command('ResumeConstruction', {}, on('2025-09'));
const withdraw = command('Withdraw', { reason: '不再实施' }, on('2026-08-01'));
const decommission = command('Decommission', { reason: '检修' }, on('2026-09-01'));
const finalAccount = command(
  'ApproveFinalAccount',
  { documentNumber: '示例决〔2026〕1号', authority: '示例州财政局', finalFen: wan(490) },
  on('2026-10-01'),
);
const evaluate = command('Evaluate', { documentNumber: '示例评1号', conclusion: '达到预期' });
const revoke = command(
  'RevokeApproval',
  { authority: '示例州发展改革委', reason: '材料不实' },
  on('2024-07'),
);

describe('the life of a project', () => {
  it('begins in the pool, once', () => {
    given()
      .when(enter)
      .thenEvents({ type: 'ProjectEnteredPool', data: { projectId: PROJECT_ID, details } });
    given(enter).when(enter).thenRefused('project.alreadyEntered');
    given().when(approve).thenRefused('project.unknown');
  });

  it('is approved, and loses the approval with its estimate', () => {
    given(enter).when(approve).thenEvents({ type: 'ProjectApproved', data: approval });
    const { documentNumber } = approval;
    const { history, when } = given(enter, approve, estimate);
    when(revoke).thenEvents({
      type: 'ApprovalRevoked',
      data: { authority: '示例州发展改革委', reason: '材料不实', documentNumber },
    });
    expect(history.state).toMatchObject({ stage: 'Pooled', approval: undefined, estimate: undefined });
    given(enter, approve, revoke).when(command('Approve', approval)).thenRecords('ProjectApproved');
  });

  it('needs an approval with a number and an amount', () => {
    given(enter)
      .when(command('Approve', { ...approval, documentNumber: ' ' }))
      .thenRefused('text.missing', { field: 'documentNumber' });
    given(enter)
      .when(command('Approve', { ...approval, approvedTotalFen: '0' }))
      .thenRefused('amount.notPositive');
  });

  it('starts after its estimate where it is government-invested, and without one where it is filed', () => {
    given(enter, approve).when(start).thenRefused('lifecycle.estimateNotApproved');
    given(enter, approve, estimate)
      .when(command('StartConstruction', {}, on('2024-08-31')))
      .thenRefused('date.beforePrevious', { effectiveDate: '2024-08-31', previous: '2024-09-01' });
    given(enter, approve, estimate)
      .when(command('StartConstruction', {}, on('2024-09-01')))
      .thenEvents({ type: 'ConstructionStarted', data: {} });
    given(enter, file).when(start).thenRecords('ConstructionStarted');
  });

  it('has one estimate, which can be adjusted', () => {
    const adjust = (estimateFen: string) =>
      command('AdjustEstimate', {
        documentNumber: '示例2号',
        authority: '示例',
        estimateFen,
        reason: '涨价',
      });
    given(enter, approve)
      .when(adjust(wan(1)))
      .thenRefused('estimate.missing');
    given(enter, approve, estimate).when(estimate).thenRefused('estimate.alreadyApproved');
    given(enter, approve, estimate)
      .when(adjust(wan(500)))
      .thenEvents();
    given(enter, approve, estimate)
      .when(adjust(wan(550)))
      .thenEvents({
        type: 'EstimateAdjusted',
        data: {
          documentNumber: '示例2号',
          authority: '示例',
          estimateFen: wan(550),
          previousFen: wan(500),
          reason: '涨价',
        },
      });
  });

  it('halts, resumes and is accepted', () => {
    const { history } = given(...underConstruction, suspend);
    expect(history.state.stage).toBe('Suspended');
    given(...underConstruction, suspend)
      .when(accept)
      .thenRefused('lifecycle.illegalTransition');
    given(...underConstruction, suspend)
      .when(resume)
      .thenRecords('ConstructionResumed');
    given(...underConstruction, suspend, resume)
      .when(accept)
      .thenRecords('CompletionAccepted');
  });

  it('comes into use after acceptance or with an exemption', () => {
    given(...underConstruction)
      .when(commission)
      .thenRefused('lifecycle.notAccepted');
    given(...accepted)
      .when(commission)
      .thenRecords('ProjectCommissioned');
    given(...underConstruction, exempt)
      .when(commission)
      .thenRecords('ProjectCommissioned');
    given(...underConstruction, exempt)
      .when(exempt)
      .thenRefused('lifecycle.alreadyExempted');
  });

  it('is settled, evaluated, taken out of use and back', () => {
    given(...inUse)
      .when(evaluate)
      .thenRefused('lifecycle.noFinalAccount');
    given(...inUse)
      .when(finalAccount)
      .thenRecords('FinalAccountApproved');
    given(...inUse, finalAccount)
      .when(finalAccount)
      .thenRefused('lifecycle.finalAccountExists');
    given(...inUse, finalAccount)
      .when(evaluate)
      .thenRecords('ProjectEvaluated');
    given(...inUse, finalAccount, evaluate)
      .when(evaluate)
      .thenRefused('lifecycle.alreadyEvaluated');
    given(...inUse)
      .when(decommission)
      .thenEvents({
        type: 'ProjectDecommissioned',
        data: { capacity: { beds: 150, nursingBeds: 90 }, reason: '检修' },
      });
    given(...inUse, decommission)
      .when(command('Commission', { capacity: { beds: 100 } }))
      .thenRecords('ProjectCommissioned');
  });

  it('is withdrawn before it is accepted, and then takes reversals, recoveries and year ends only', () => {
    for (const life of [[enter], approved, underConstruction, [...underConstruction, suspend]]) {
      given(...life)
        .when(withdraw)
        .thenRecords('ProjectWithdrawn');
    }
    given(...accepted)
      .when(withdraw)
      .thenRefused('lifecycle.illegalTransition', { stage: 'Accepted' });
    const gone = [enter, planFunding, fund('ReceiveFunds', 5, { source: 'SelfRaised' }), withdraw];
    given(...gone)
      .when(approve)
      .thenRefused('project.withdrawn');
    given(...gone)
      .when(fund('PayFunds', 1, { source: 'SelfRaised' }))
      .thenRefused('project.withdrawn');
    given(...gone)
      .when(fund('RecoverFunds', 5, { source: 'SelfRaised' }))
      .thenRecords('FundsRecovered');
    given(...gone)
      .when(command('CloseBudgetYear', { year: 2025 }))
      .thenRecords('BudgetYearClosed');
    const reverse = command('ReverseEntry', { eventId: eventId(3), reason: '误操作' });
    const { history, when } = given(...gone);
    when(reverse).thenRecords('EntryReversed');
    expect(history.state.stage).toBe('Pooled');
  });

  it.each([
    ['Approve', approved, approve, 'Approved'],
    ['RevokeApproval', underConstruction, revoke, 'UnderConstruction'],
    ['RevokeApproval', [enter], revoke, 'Pooled'],
    ['ApproveEstimate', [enter], estimate, 'Pooled'],
    ['ApplyForFunds', [enter, planFunding], fund('ApplyForFunds', 1), 'Pooled'],
    ['AllocateFunds', [enter, planFunding], fund('AllocateFunds', 1), 'Pooled'],
    ['StartConstruction', [enter], start, 'Pooled'],
    ['StartConstruction', underConstruction, start, 'UnderConstruction'],
    ['SuspendConstruction', approved, suspend, 'Approved'],
    ['ResumeConstruction', underConstruction, resume, 'UnderConstruction'],
    ['AcceptCompletion', approved, accept, 'Approved'],
    ['ExemptAcceptance', accepted, exempt, 'Accepted'],
    ['Commission', approved, commission, 'Approved'],
    ['Commission', inUse, commission, 'InUse'],
    ['Decommission', accepted, decommission, 'Accepted'],
    ['ApproveFinalAccount', underConstruction, finalAccount, 'UnderConstruction'],
    ['Evaluate', accepted, evaluate, 'Accepted'],
    ['Withdraw', inUse, withdraw, 'InUse'],
  ])('refuses %s out of turn', (type, life, asked, stage) => {
    given(...life)
      .when(asked)
      .thenRefused('lifecycle.illegalTransition', { command: type, stage });
  });

  it('takes no fact of the future, and one of a year or month that has begun', () => {
    const approveOn = (effectiveDate: string) => command('Approve', approval, { effectiveDate });
    given(enter)
      .when(approveOn('2026-11-23'))
      .thenRefused('date.future', { effectiveDate: '2026-11-23', today: '2026-11-22' });
    given(enter).when(approveOn('2026-12')).thenRefused('date.future');
    given(enter).when(approveOn('2027')).thenRefused('date.future');
    for (const begun of ['2026-11-22', '2026-11', '2026']) {
      given(enter).when(approveOn(begun)).thenRecords('ProjectApproved');
    }
    given(enter).when(approveOn('2026-02-30')).thenRefused('date.unreadable');
  });

  it('takes no step that was certainly before the one it follows', () => {
    given(enter, file)
      .when(command('StartConstruction', {}, on('2024-05')))
      .thenRefused('date.beforePrevious');
    given(enter, file)
      .when(command('StartConstruction', {}, on('2024-06')))
      .thenRecords('ConstructionStarted');
    given(enter, file)
      .when(command('StartConstruction', {}, on('2024')))
      .thenRecords('ConstructionStarted');
  });
});
