import type { CommandContext, ProjectCommand, ProjectCommands } from '../commands.js';
import type { FundingPlanLine, ProjectDetails } from '../events.js';
import { command } from './decider-specification.js';

/** Commands that tell the beginning of a made-up project's life, for specifications to start from. */

export const PROJECT_ID = '9a1c1f4e-0000-4000-8000-000000000001';
/** 万元 as fen text. */
export const wan = (amount: number): string => (BigInt(amount) * 1_000_000n).toString();

export const details: ProjectDetails = {
  name: '示例1县颐养院',
  category: 'ElderlyCare',
  regions: ['990101'],
  place: '示例1县',
  implementingUnits: ['示例1县民政局'],
  totalInvestmentFen: wan(500),
  plannedCapacity: { beds: { low: 100, high: 200 } },
};

export const central = { source: 'CentralBudgetInvestment', budgetYear: 2025 } as const;
export const selfRaised = { source: 'SelfRaised', budgetYear: 2025 } as const;
const plan: FundingPlanLine[] = [
  { ...central, amountFen: wan(300) },
  { source: 'SelfRaised', amountFen: wan(200) },
];

const on = (effectiveDate: string): Partial<CommandContext> => ({ effectiveDate });

export const enter = command('EnterPool', { projectId: PROJECT_ID, details }, on('2024'));
export const approval: ProjectCommands['Approve'] = {
  mode: 'Approval',
  documentNumber: '示例发改〔2024〕1号',
  authority: '示例州发展改革委',
  approvedTotalFen: wan(500),
};
export const approve = command('Approve', approval, on('2024-06-01'));
export const file = command('Approve', { ...approval, mode: 'Filing' }, on('2024-06-01'));
export const estimate = command(
  'ApproveEstimate',
  { documentNumber: '示例发改〔2024〕9号', authority: '示例州发展改革委', estimateFen: wan(500) },
  on('2024-09-01'),
);
export const adjustEstimate = (amount: number): ProjectCommand =>
  command(
    'AdjustEstimate',
    {
      documentNumber: '示例发改〔2025〕19号',
      authority: '示例州发展改革委',
      estimateFen: wan(amount),
      reason: '示例',
    },
    on('2025-08-01'),
  );
export const planFunding = command('PlanFunding', { lines: plan }, on('2024-10-01'));
export const start = command('StartConstruction', {}, on('2025-03-01'));
export const accept = command(
  'AcceptCompletion',
  { capacity: { beds: 150, nursingBeds: 90 }, documentNumber: '示例验〔2026〕1号' },
  on('2026-05-01'),
);
export const exempt = command(
  'ExemptAcceptance',
  { authority: '示例州住建局', documentNumber: '示例免〔2026〕1号', reason: '改建面积小' },
  on('2026-05-01'),
);
export const commission = command(
  'Commission',
  { capacity: { beds: 150, nursingBeds: 90 }, bedScope: 'institution' },
  on('2026-07-01'),
);

export const approved: ProjectCommand[] = [enter, approve, estimate, planFunding];
export const underConstruction: ProjectCommand[] = [...approved, start];
export const accepted: ProjectCommand[] = [...underConstruction, accept];
export const inUse: ProjectCommand[] = [...accepted, commission];

type Fund =
  | 'ApplyForFunds'
  | 'AllocateFunds'
  | 'DisburseFunds'
  | 'ReceiveFunds'
  | 'PayFunds'
  | 'RecoverFunds'
  | 'ReturnSurplus';

const PAPERS: { [F in Fund]: Omit<ProjectCommands[F], 'source' | 'level' | 'budgetYear' | 'amountFen'> } = {
  ApplyForFunds: { documentNumber: '示例申〔2025〕1号' },
  AllocateFunds: { documentNumber: '示例下〔2025〕1号', authority: '示例州财政局' },
  DisburseFunds: { documentNumber: '示例拨〔2025〕1号' },
  ReceiveFunds: { documentNumber: '示例收〔2025〕1号' },
  PayFunds: { payee: '示例建设公司', basisDocument: '示例合同1号', purpose: '工程款' },
  RecoverFunds: { documentNumber: '示例回〔2025〕1号', reason: '结余' },
  ReturnSurplus: { documentNumber: '示例缴〔2026〕1号', reason: '竣工结余' },
};

/** A fund command with its papers in order: 万元 of a line, in 2025 unless `more` says otherwise. */
export function fund<F extends Fund>(
  type: F,
  amount: number,
  more: Partial<ProjectCommands[F]> = {},
  effectiveDate = '2025-06-01',
): ProjectCommand {
  const data = { ...central, amountFen: wan(amount), ...PAPERS[type], ...more } as ProjectCommands[F];
  return command(type, data, { effectiveDate });
}

export function carry(
  stage: 'allocated' | 'disbursed' | 'received',
  amount: number,
  more: Partial<ProjectCommands['CarryForwardFunds']> = {},
): ProjectCommand {
  const data = { ...central, amountFen: wan(amount), stage, toYear: 2026, documentNumber: '示例转1号' };
  return command('CarryForwardFunds', { ...data, ...more }, { effectiveDate: '2025-12-31' });
}

export const closeYear = (year: number) =>
  command('CloseBudgetYear', { year }, { effectiveDate: '2026-01-20' });

/** 300 万元 of central money, as far as the account of the project. */
export const funded: ProjectCommand[] = [
  ...approved,
  fund('ApplyForFunds', 300),
  fund('AllocateFunds', 300),
  fund('DisburseFunds', 300),
  fund('ReceiveFunds', 300),
];

/** Half of a reallocation of 万元 that stand at a stage, with its papers in order. */
export function reallocate(
  half: 'Out' | 'In',
  amount: number,
  more: Partial<ProjectCommands['ReallocateFundsOut']> = {},
  effectiveDate = '2025-09-01',
): ProjectCommand {
  const data = { ...central, amountFen: wan(amount), stage: 'allocated' as const, ...HALF, ...more };
  return command(`ReallocateFunds${half}`, data, { effectiveDate });
}

const HALF = {
  reallocationId: '9a1c1f4e-0000-4000-8000-00000000000a',
  counterpartId: '9a1c1f4e-0000-4000-8000-000000000002',
  documentNumber: '示例调〔2025〕1号',
  reason: '示例',
};
