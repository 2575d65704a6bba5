import { printYuan, type Fen } from '#libs/kernel/money.js';
import { isRegionCode, regionContains, regionName, type RegionCode } from '#libs/kernel/regions.js';
import type { CommandContext } from '#libs/projects/domain/commands.js';
import {
  DIRECT_SOURCES,
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';
import type { FundPlanEvent, FundPlanEventData } from './events.js';
import {
  adjust,
  reallocateDraw,
  releaseReallocation,
  type Adjustment,
  type DrawMove,
  type ReallocationRelease,
} from './changes.js';
import { assertDate, assertLines } from './plan-guards.js';
import { refuse } from './refusal-codes.js';
import { allowanceOf, evolve, initialState, type FundPlanState } from './state.js';

/** An allocation that names the document, as it is about to be recorded of its project. */
export interface Drawing {
  allocationId: string;
  projectId: string;
  regions: readonly RegionCode[];
  source: FundingSource;
  level?: FundingLevel | undefined;
  budgetYear: number;
  amountFen: string;
}

export type FundPlanCommand =
  | { type: 'IssueFundPlan'; data: FundPlanEventData<'FundPlanIssued'>; context: CommandContext }
  | { type: 'AdjustFundPlan'; data: Adjustment; context: CommandContext }
  | { type: 'ReallocateDraw'; data: DrawMove }
  | { type: 'ReleaseReallocation'; data: ReallocationRelease }
  | { type: 'DrawAllocation'; data: Drawing }
  | {
      type: 'ReleaseDraw';
      data: { allocationId: string; cause: FundPlanEventData<'DrawReleased'>['cause'] };
    };

/**
 * The rules of one plan document, pure. A draw that stands already, or is released already, is no event: so whoever
 * was interrupted between the document and the project simply does the same again.
 */
export const fundPlanDecider = {
  initialState,
  decide(command: FundPlanCommand, state: FundPlanState): FundPlanEvent[] {
    if (command.type === 'IssueFundPlan') return issue(command.data, state, command.context);
    if (command.type === 'AdjustFundPlan') return adjust(command.data, state, command.context);
    if (command.type === 'ReallocateDraw') return reallocateDraw(command.data, state);
    if (command.type === 'ReleaseReallocation') return releaseReallocation(command.data, state);
    if (command.type === 'DrawAllocation') return draw(command.data, state);
    return release(command.data, state);
  },
  evolve,
} as const;

function issue(
  data: FundPlanEventData<'FundPlanIssued'>,
  { plan }: FundPlanState,
  { effectiveDate, today }: CommandContext,
): FundPlanEvent[] {
  const { documentNumber, source, lines } = data;
  if (plan) {
    refuse('fundPlan.alreadyIssued', `文号“${plan.documentNumber}”的投资计划已登记`, { documentNumber });
  }
  assertDate({ effectiveDate, today });
  if (DIRECT_SOURCES.has(source)) {
    refuse('fundPlan.directSource', `${FUNDING_SOURCES[source]}直接到位，不经投资计划下达`, { source });
  }
  if (!isRegionCode(data.region)) {
    refuse('fundPlan.unknownRegion', `未知的行政区划代码“${data.region}”`, { region: data.region });
  }
  assertLines(data.totalFen, lines);
  return [{ type: 'FundPlanIssued', data }];
}

function draw(data: Drawing, state: FundPlanState): FundPlanEvent[] {
  const { allocationId, projectId, amountFen } = data;
  const { plan, draws } = state;
  if (!plan) return [];
  const earlier = draws.get(allocationId);
  if (earlier?.standing) {
    if (earlier.projectId === projectId && earlier.amountFen === BigInt(amountFen)) return [];
    refuse('fundPlan.otherDraw', '同一请求编号的下达已按其他项目或金额占用计划额度，请换一个请求编号', {
      allocationId,
      drawnFen: earlier.amountFen.toString(),
      amountFen,
    });
  }
  assertSameMoney(data, plan);
  const outside = data.regions.filter((region) => !regionContains(plan.region, region));
  if (outside.length > 0) {
    refuse(
      'fundPlan.outsideRegion',
      `计划文件“${plan.documentNumber}”下达${regionName(plan.region)}，项目不在其内`,
      {
        region: plan.region,
        outside,
      },
    );
  }
  assertWithin(data, plan, state);
  return [{ type: 'AllocationDrawn', data: { allocationId, projectId, amountFen } }];
}

function release(
  { allocationId, cause }: { allocationId: string; cause: FundPlanEventData<'DrawReleased'>['cause'] },
  { draws }: FundPlanState,
): FundPlanEvent[] {
  const standing = draws.get(allocationId);
  if (!standing?.standing) return [];
  const { projectId, amountFen } = standing;
  return [
    { type: 'DrawReleased', data: { allocationId, projectId, amountFen: amountFen.toString(), cause } },
  ];
}

function assertSameMoney(asked: Drawing, plan: FundPlanEventData<'FundPlanIssued'>): void {
  const same = (['source', 'level', 'budgetYear'] as const).every((key) => asked[key] === plan[key]);
  if (same) return;
  refuse(
    'fundPlan.otherMoney',
    `计划文件“${plan.documentNumber}”下达的是${moneyName(plan)}，本次登记的是${moneyName(asked)}`,
    { source: plan.source, level: plan.level ?? null, budgetYear: plan.budgetYear },
  );
}

function assertWithin(
  { projectId, amountFen }: Drawing,
  { documentNumber }: FundPlanEventData<'FundPlanIssued'>,
  state: FundPlanState,
): void {
  const { ofLine, limitFen, drawnFen } = allowanceOf(state, projectId);
  const amount = BigInt(amountFen);
  const total = drawnFen + amount;
  if (total <= limitFen) return;
  refuse(
    ofLine ? 'fundPlan.drawnOverLine' : 'fundPlan.drawnOverRest',
    `计划文件“${documentNumber}”：本次下达 ${yuan(amount)}，已占用 ${yuan(drawnFen)}，合计 ${yuan(total)}，` +
      `超过${ofLine ? '该项目的额度' : '未分解到项目的额度'} ${yuan(limitFen)}，差 ${yuan(total - limitFen)}`,
    {
      documentNumber,
      amountFen,
      alreadyFen: drawnFen.toString(),
      totalFen: total.toString(),
      limitFen: limitFen.toString(),
      excessFen: (total - limitFen).toString(),
    },
  );
}

function moneyName({ source, level, budgetYear }: Pick<Drawing, 'source' | 'level' | 'budgetYear'>): string {
  return ` ${budgetYear} 年度${FUNDING_SOURCES[source]}${level ? `（${FUNDING_LEVELS[level]}）` : ''}`;
}

const yuan = (fen: Fen): string => `${printYuan(fen)} 元`;
