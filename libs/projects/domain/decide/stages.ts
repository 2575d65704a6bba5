import type { ProjectCommandType } from '../commands.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { PROJECT_STAGES, type ProjectStage } from '../vocabulary.js';

const BUILT: readonly ProjectStage[] = ['Accepted', 'InUse', 'Decommissioned'];
const BEGUN: readonly ProjectStage[] = ['UnderConstruction', 'Suspended', ...BUILT];
const APPROVED: readonly ProjectStage[] = ['Approved', ...BEGUN];

/**
 * Where in its life a project accepts a command. What is not named is accepted at any stage but 终止. Fiscal money is
 * applied for and allotted only to an approved project; receipts and payments are facts at whatever stage they happen,
 * and rules flag them (M2, M5).
 */
const ACCEPTED_IN: { readonly [T in ProjectCommandType]?: readonly ProjectStage[] } = {
  Approve: ['Pooled'],
  RevokeApproval: ['Approved'],
  ApproveEstimate: APPROVED,
  AdjustEstimate: APPROVED,
  ApplyForFunds: APPROVED,
  AllocateFunds: APPROVED,
  ReallocateFundsIn: APPROVED,
  // An exempted project is in use without having been accepted: the decider looks at both.
  ReturnSurplus: ['UnderConstruction', ...BUILT],
  StartConstruction: ['Approved'],
  // Work goes on being reported while halted (nothing was done) and after acceptance (late months).
  ReportProgress: BEGUN,
  SuspendConstruction: ['UnderConstruction'],
  ResumeConstruction: ['Suspended'],
  AcceptCompletion: ['UnderConstruction'],
  ExemptAcceptance: ['UnderConstruction'],
  // From 在建 only with an exemption, from 停用 a facility comes back into use.
  Commission: ['UnderConstruction', 'Accepted', 'Decommissioned'],
  ChangeCapacity: ['InUse'],
  Decommission: ['InUse'],
  ApproveFinalAccount: BUILT,
  Evaluate: ['InUse', 'Decommissioned'],
  Withdraw: ['Pooled', 'Approved', 'UnderConstruction', 'Suspended'],
};

/** Money left after the end is recovered, errors are reversed, and years are closed for all projects alike. */
const AFTER_WITHDRAWAL: ReadonlySet<ProjectCommandType> = new Set([
  'ReverseEntry',
  'RecoverFunds',
  // What a withdrawn project has left may still serve another.
  'ReallocateFundsOut',
  'DeclineEntry',
  'CloseBudgetYear',
]);

/** @throws Refusal `project.unknown` | `project.alreadyEntered` | `project.withdrawn` | `lifecycle.illegalTransition` */
export function assertStage(command: ProjectCommandType, { stage, projectId, details }: ProjectState): void {
  if (command === 'EnterPool') {
    if (stage === undefined) return;
    refuse('project.alreadyEntered', `项目已经入库（${details?.name}）`, { projectId });
  }
  if (stage === undefined) refuse('project.unknown', '项目尚未入库', { command });
  if (stage === 'Withdrawn' && !AFTER_WITHDRAWAL.has(command)) {
    refuse('project.withdrawn', '项目已终止（调出），只接受冲销、收回、调出和关账', { command });
  }
  const accepted = ACCEPTED_IN[command];
  if (!accepted || accepted.includes(stage)) return;
  const names = accepted.map((name) => PROJECT_STAGES[name]).join('、');
  refuse(
    'lifecycle.illegalTransition',
    `项目处于“${PROJECT_STAGES[stage]}”，此操作只能在“${names}”阶段进行`,
    {
      command,
      stage,
      accepted,
    },
  );
}
