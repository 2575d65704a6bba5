import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { PROJECT_STAGES } from '../vocabulary.js';
import { assertNotBefore, assertText, positiveFen, type Handlers } from './guards.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';

/** 审批 to 终止: what moves a project from one stage to the next. The stages it may move from are in `stages.ts`. */
export const lifecycleHandlers: Handlers<
  | 'Approve'
  | 'RevokeApproval'
  | 'StartConstruction'
  | 'SuspendConstruction'
  | 'ResumeConstruction'
  | 'ExemptAcceptance'
  | 'ApproveFinalAccount'
  | 'Evaluate'
  | 'Withdraw'
> = {
  Approve: (data) => {
    positiveFen(data.approvedTotalFen, '批复总投资');
    assertText(data.documentNumber, 'documentNumber', '批复文号');
    return [{ type: 'ProjectApproved', data }];
  },
  RevokeApproval: (data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    const { documentNumber } = state.approval!;
    return [{ type: 'ApprovalRevoked', data: { ...data, documentNumber } }];
  },
  StartConstruction: (_data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    assertEstimated(state, effectiveDate);
    return [{ type: 'ConstructionStarted', data: {} }];
  },
  SuspendConstruction: (data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    return [{ type: 'ConstructionSuspended', data }];
  },
  ResumeConstruction: (_data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    return [{ type: 'ConstructionResumed', data: {} }];
  },
  ExemptAcceptance: (data, { exempted }) => {
    if (exempted) refuse('lifecycle.alreadyExempted', '已记录免予竣工验收');
    assertText(data.documentNumber, 'documentNumber', '免予验收的文号');
    return [{ type: 'AcceptanceExempted', data }];
  },
  ApproveFinalAccount: (data, { finalAccount }) => {
    if (finalAccount) refuse('lifecycle.finalAccountExists', '竣工决算已批复，更正请先冲销');
    positiveFen(data.finalFen, '竣工决算');
    return [{ type: 'FinalAccountApproved', data }];
  },
  Evaluate: (data, { finalAccount, evaluated }) => {
    if (!finalAccount) refuse('lifecycle.noFinalAccount', '竣工决算批复后才能后评价');
    if (evaluated) refuse('lifecycle.alreadyEvaluated', '后评价已完成，更正请先冲销');
    return [{ type: 'ProjectEvaluated', data }];
  },
  Withdraw: (data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    assertText(data.reason, 'reason', '终止原因');
    return [{ type: 'ProjectWithdrawn', data }];
  },
};

/** @throws Refusal `date.beforePrevious` where the date is certainly before the present stage began */
export function assertAfterStage(date: PartialDate, { stage, since }: ProjectState): void {
  assertNotBefore(date, since, PROJECT_STAGES[stage!]);
}

/**
 * Government-invested is what was approved by 审批: only that mode has an estimate to approve. A filed or authorised
 * project with a government subsidy (普惠养老 by a company) has none, and would otherwise never start.
 */
function assertEstimated({ approval, estimate }: ProjectState, startDate: PartialDate): void {
  if (approval?.mode !== 'Approval') return;
  if (!estimate) {
    refuse('lifecycle.estimateNotApproved', '审批类（政府投资）项目须先核定概算，才能开工', {
      mode: approval.mode,
    });
  }
  assertNotBefore(startDate, estimate.since, '概算核定');
}
