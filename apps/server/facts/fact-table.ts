import type { Type } from '@nestjs/common';
import type { ProjectCommandType } from '#libs/projects/domain/commands.js';
import type { FactBody } from '../dto/common.js';
import { RevisionBody } from '../dto/details.js';
import * as funds from '../dto/funds.js';
import * as life from '../dto/lifecycle.js';

/** One resource a fact: `POST /projects/{projectId}/{resource}` records the command with the fields of `body`. */
export interface FactRow {
  resource: string;
  command: ProjectCommandType;
  body: Type<FactBody>;
  summary: string;
}

const fact = (
  resource: string,
  command: ProjectCommandType,
  body: Type<FactBody>,
  summary: string,
): FactRow => ({
  resource,
  command,
  body,
  summary,
});

/** Every fact that can be recorded of a project in the pool, in the order of a project's life. */
export const FACTS: readonly FactRow[] = [
  fact('revisions', 'ReviseDetails', RevisionBody, '修订项目信息'),
  fact('codes', 'AssignCode', life.CodeBody, '赋项目代码'),
  fact('readiness-conditions', 'MeetReadinessCondition', life.ReadinessBody, '前期条件落实'),
  fact('readiness-lapses', 'LapseReadinessCondition', life.ReadinessLapseBody, '前期条件失效'),
  fact('listings', 'ListForYear', life.ListingBody, '列入年度重大项目清单'),
  fact('delistings', 'Delist', life.DelistingBody, '调出年度重大项目清单'),
  fact(
    'national-library-entries',
    'EnterNationalLibrary',
    life.NationalLibraryBody,
    '进入国家重大建设项目库',
  ),
  fact('approvals', 'Approve', life.ApprovalBody, '审批、核准或备案'),
  fact('approval-revocations', 'RevokeApproval', life.ApprovalRevocationBody, '撤销审批'),
  fact('estimates', 'ApproveEstimate', life.EstimateBody, '核定概算'),
  fact('estimate-adjustments', 'AdjustEstimate', life.EstimateAdjustmentBody, '调整概算'),
  fact('funding-plan', 'PlanFunding', funds.FundingPlanBody, '编制或调整资金计划'),
  fact('applications', 'ApplyForFunds', funds.ApplicationBody, '资金申请'),
  fact('allocations', 'AllocateFunds', funds.AllocationBody, '资金下达'),
  fact('disbursements', 'DisburseFunds', funds.DisbursementBody, '资金拨付'),
  fact('receipts', 'ReceiveFunds', funds.ReceiptBody, '资金到位'),
  fact('payments', 'PayFunds', funds.PaymentBody, '资金支付'),
  fact('carry-forwards', 'CarryForwardFunds', funds.CarryForwardBody, '资金结转'),
  fact('recoveries', 'RecoverFunds', funds.RecoveryBody, '资金收回'),
  fact('surplus-returns', 'ReturnSurplus', funds.SurplusReturnBody, '结余上缴（竣工验收后）'),
  fact('budget-year-closings', 'CloseBudgetYear', funds.BudgetYearClosingBody, '关闭预算年度（由财政办理）'),
  fact('starts', 'StartConstruction', life.PlainFactBody, '开工'),
  fact('progress-reports', 'ReportProgress', life.ProgressBody, '月度进展'),
  fact('suspensions', 'SuspendConstruction', life.ReasonedFactBody, '暂停建设'),
  fact('resumptions', 'ResumeConstruction', life.PlainFactBody, '恢复建设'),
  fact('acceptances', 'AcceptCompletion', life.AcceptanceBody, '竣工验收'),
  fact('acceptance-exemptions', 'ExemptAcceptance', life.ExemptionBody, '免予竣工验收'),
  fact('commissionings', 'Commission', life.CommissioningBody, '投入使用'),
  fact('capacity-changes', 'ChangeCapacity', life.CapacityChangeBody, '在用规模变动'),
  fact('decommissionings', 'Decommission', life.ReasonedFactBody, '停用'),
  fact('final-accounts', 'ApproveFinalAccount', life.FinalAccountBody, '竣工决算'),
  fact('evaluations', 'Evaluate', life.EvaluationBody, '后评价'),
  fact('withdrawals', 'Withdraw', life.ReasonedFactBody, '终止（调出）'),
  fact('reversals', 'ReverseEntry', life.ReversalBody, '冲销一项记录'),
];
