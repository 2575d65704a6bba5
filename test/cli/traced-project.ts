import path from 'node:path';
import { tmpdir } from 'node:os';
import { DrawingRecorder } from '#libs/fund-plans/application/drawing-recorder.js';
import { FundPlanBook } from '#libs/fund-plans/application/fund-plan-book.js';
import {
  FundPlanDesk,
  IssueFundPlan,
  IssueFundPlanHandler,
} from '#libs/fund-plans/application/issue-fund-plan.js';
import { idFor } from '#libs/kernel/ids.js';
import type { ProjectIntent } from '#libs/projects/application/submission.js';
import { openPlatform } from '#libs/runtime/platform.js';

export const PLAN_NUMBER = '示例发改投资〔2025〕8号';
export const PROJECT = idFor('traced project');
/** Approved and planned beside it, with no money of its own. */
export const NEIGHBOUR = idFor('neighbour of the traced project');
const ACTOR = { user: '示例经办人', unit: '示例州发展改革委', role: 'DevelopmentReform', region: '990100' };
const central = { source: 'CentralBudgetInvestment', budgetYear: 2025 } as const;
const wan = (amount: number) => (BigInt(amount) * 1_000_000n).toString();
const paper = (documentNumber: string, amount: number) => ({
  ...central,
  documentNumber,
  amountFen: wan(amount),
});

const detailsOf = (name: string) => ({
  name,
  category: 'ElderlyCare' as const,
  regions: ['990101'],
  place: '示例1县',
  implementingUnits: ['示例1县民政局'],
  totalInvestmentFen: wan(300),
  plannedCapacity: {},
});

const BEGINNING: [on: string, ProjectIntent][] = [
  [
    '2024-01-10',
    {
      type: 'EnterPool',
      data: {
        projectId: PROJECT,
        details: detailsOf('示例1县社会福利院建设项目'),
      },
    },
  ],
  [
    '2024-06-01',
    {
      type: 'Approve',
      data: {
        mode: 'Approval',
        documentNumber: '示例发改审〔2024〕12号',
        authority: '示例州发展改革委',
        approvedTotalFen: wan(300),
      },
    },
  ],
  ['2024-10-01', { type: 'PlanFunding', data: { lines: [{ ...central, amountFen: wan(300) }] } }],
];
const allocated = (amount: number): ProjectIntent => ({
  type: 'AllocateFunds',
  data: { ...paper(PLAN_NUMBER, amount), authority: '示例州发展改革委' },
});
const MONEY: [on: string, ProjectIntent][] = [
  ['2025-05-25', allocated(100)],
  ['2025-06-10', allocated(150)],
  ['2025-06-20', { type: 'DisburseFunds', data: paper('示例财建〔2025〕31号', 180) }],
  ['2025-06-21', { type: 'ReceiveFunds', data: paper('进账单2025-031', 120) }],
  [
    '2025-07-01',
    {
      type: 'PayFunds',
      data: {
        ...central,
        amountFen: wan(110),
        payee: '示例建设公司',
        basisDocument: '施工合同第1期',
        purpose: '主体工程进度款',
      },
    },
  ],
];

/** Records a made-up project of 示例州 and the plan document its money comes from, as the auditor's afternoon has it. */
export async function recordTracedProject(databaseUrl: string): Promise<void> {
  const platform = await openPlatform({
    eventStore: undefined,
    databaseUrl,
    dataDir: path.join(tmpdir(), 'taizhang-unused'),
    host: '127.0.0.1',
    port: 0,
    runProjections: false,
  });
  try {
    const book = new FundPlanBook(platform.store);
    const recorder = new DrawingRecorder(platform.recorder, book);
    const record = async (steps: typeof MONEY) => {
      for (const [effectiveDate, command] of steps) {
        const commandId = idFor('traced project', effectiveDate, command.type);
        const who = { actor: ACTOR, evidence: [] };
        await recorder.record({ projectId: PROJECT, commands: [command], effectiveDate, commandId, ...who });
      }
    };
    await record(BEGINNING);
    const data = {
      documentNumber: PLAN_NUMBER,
      authority: '示例州发展改革委',
      region: '990100',
      ...central,
      totalFen: wan(500),
      lines: [{ projectId: PROJECT, amountFen: wan(260) }],
    };
    await new IssueFundPlanHandler(new FundPlanDesk(book, platform.store)).execute(
      new IssueFundPlan({
        ...{ data, effectiveDate: '2025-05-20', actor: ACTOR, evidence: [] },
        commandId: idFor('traced project', 'plan document'),
      }),
    );
    await record(MONEY);
    await recorder.record({
      projectId: NEIGHBOUR,
      commands: [
        { type: 'EnterPool', data: { projectId: NEIGHBOUR, details: detailsOf('示例1县日间照料中心') } },
        {
          type: 'Approve',
          data: {
            mode: 'Approval',
            documentNumber: '示例发改审〔2025〕1号',
            authority: '示例州发展改革委',
            approvedTotalFen: wan(300),
          },
        },
        { type: 'PlanFunding', data: { lines: [{ ...central, amountFen: wan(300) }] } },
      ],
      ...{ effectiveDate: '2025-01-10', actor: ACTOR, evidence: [] },
      commandId: idFor('neighbour', 'entry'),
    });
  } finally {
    await platform.close();
  }
}
