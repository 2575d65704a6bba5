import { printYuan, type Fen } from '#libs/kernel/money.js';
import type { CommandContext } from '#libs/projects/domain/commands.js';
import type { FundPlanEvent, FundPlanEventData } from './events.js';
import { assertDate, assertLines } from './plan-guards.js';
import { refuse } from './refusal-codes.js';
import { allowanceOf, drawnBy, type FundPlanState } from './state.js';

export type Adjustment = Omit<FundPlanEventData<'FundPlanAdjusted'>, 'previousTotalFen' | 'previousLines'>;
export type DrawMove = Omit<FundPlanEventData<'DrawReallocated'>, 'fromLine' | 'toLine'>;
export type ReallocationRelease = Pick<
  FundPlanEventData<'DrawReallocationReleased'>,
  'reallocationId' | 'cause'
>;

/** 调整投资计划: up or down, never below what was drawn. Nothing where it is so already. */
export function adjust(data: Adjustment, state: FundPlanState, context: CommandContext): FundPlanEvent[] {
  const { plan } = state;
  if (!plan) refuse('fundPlan.notFound', '没有这份投资计划，不能调整');
  assertDate(context);
  assertLines(data.totalFen, data.lines);
  const { totalFen: previousTotalFen, lines: previousLines } = plan;
  if (previousTotalFen === data.totalFen && sameLines(previousLines, data.lines)) return [];
  assertCoversDrawn({ ...state, plan: { ...plan, totalFen: data.totalFen, lines: data.lines } });
  return [{ type: 'FundPlanAdjusted', data: { ...data, previousTotalFen, previousLines } }];
}

function sameLines(a: Adjustment['lines'], b: Adjustment['lines']): boolean {
  const spelt = (lines: Adjustment['lines']) =>
    lines
      .map(({ projectId, amountFen }) => `${projectId} ${amountFen}`)
      .toSorted()
      .join();
  return spelt(a) === spelt(b);
}

function assertCoversDrawn(adjusted: FundPlanState): void {
  for (const projectId of drawnBy(adjusted).keys()) {
    const { ofLine, limitFen, drawnFen } = allowanceOf(adjusted, projectId);
    if (drawnFen <= limitFen) continue;
    refuse(
      'fundPlan.adjustedBelowDrawn',
      `调整后${ofLine ? `项目 ${projectId} 的额度` : '未分解到项目的额度'} ${yuan(limitFen)}，` +
        `低于已占用的 ${yuan(drawnFen)}，差 ${yuan(drawnFen - limitFen)}`,
      {
        ...(ofLine && { projectId }),
        limitFen: limitFen.toString(),
        drawnFen: drawnFen.toString(),
        excessFen: (drawnFen - limitFen).toString(),
      },
    );
  }
}

/** No event where it stands already: whoever was interrupted does the same again. */
export function reallocateDraw(data: DrawMove, state: FundPlanState): FundPlanEvent[] {
  if (state.moves.get(data.reallocationId)?.standing) return [];
  if (!state.plan) refuse('fundPlan.notFound', '没有该文号的投资计划');
  const amount = BigInt(data.amountFen);
  const drawn = drawnBy(state).get(data.fromProjectId) ?? 0n;
  if (amount > drawn) {
    refuse(
      'fundPlan.reallocatedOverDrawn',
      `本次调剂 ${yuan(amount)}，超过调出项目在计划文件“${state.plan?.documentNumber}”中占用的 ${yuan(drawn)}，` +
        `差 ${yuan(amount - drawn)}`,
      {
        amountFen: data.amountFen,
        drawnFen: drawn.toString(),
        excessFen: (amount - drawn).toString(),
      },
    );
  }
  return [{ type: 'DrawReallocated', data: { ...data, ...linesOf(state, data) } }];
}

export function releaseReallocation(
  { reallocationId, cause }: ReallocationRelease,
  state: FundPlanState,
): FundPlanEvent[] {
  const move = state.moves.get(reallocationId);
  if (!move?.standing) return [];
  const { fromProjectId, toProjectId, amountFen } = move;
  const ids = { fromProjectId, toProjectId };
  const data = { reallocationId, ...ids, amountFen: amountFen.toString(), ...linesOf(state, ids), cause };
  return [{ type: 'DrawReallocationReleased', data }];
}

function linesOf({ plan }: FundPlanState, ids: Pick<DrawMove, 'fromProjectId' | 'toProjectId'>) {
  const lined = (id: string) => plan?.lines.some(({ projectId }) => projectId === id) ?? false;
  return { fromLine: lined(ids.fromProjectId), toLine: lined(ids.toProjectId) };
}

const yuan = (fen: Fen): string => `${printYuan(fen)} 元`;
