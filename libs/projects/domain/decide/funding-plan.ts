import { canonicalJson } from '#libs/kernel/canonical.js';
import type { FundingPlanLine } from '../events.js';
import { linesOverPlan } from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { FUNDING_LEVELS, FUNDING_SOURCES } from '../vocabulary.js';
import { assertEarmarks } from './earmarks.js';
import { positiveFen, type Handlers } from './guards.js';
import { lineName, yuan } from './money-words.js';

export const planHandlers: Handlers<'PlanFunding'> = {
  PlanFunding: ({ lines, reason, asListed }, state, { effectiveDate }) => {
    const plan = state.plan ?? [];
    assertLines(lines);
    const required = asListed ? {} : ({ level: true, repayment: true } as const);
    for (const line of lines) assertEarmarks(line, required, effectiveDate);
    const changed = [...changedLines(plan, lines)];
    if (changed.length === 0 && state.plan) return [];
    assertOpenYears(changed, state);
    assertCovers(lines, state, 'plan.belowUsed', '调整后的计划');
    if (!asListed) assertPlanWithinEstimate(plan, lines, state);
    if (!state.plan) {
      if (lines.length === 0) refuse('plan.empty', '资金来源计划至少应有一项');
      return [{ type: 'FundingPlanned', data: { lines } }];
    }
    if (!reason?.trim()) refuse('plan.reasonRequired', '调整资金来源计划须说明原因');
    return [{ type: 'FundingPlanRevised', data: { lines, previous: [...plan], reason } }];
  },
};

/** A plan that asks for more than before stays within the estimate; one that is over it already may only shrink. */
function assertPlanWithinEstimate(
  before: readonly FundingPlanLine[],
  after: readonly FundingPlanLine[],
  { estimate }: ProjectState,
): void {
  const [old, total] = [sumOf(before), sumOf(after)];
  if (!estimate || total <= estimate.fen || total <= old) return;
  refuse(
    'plan.overEstimate',
    `资金来源计划合计 ${yuan(total)}，超过概算 ${yuan(estimate.fen)}，差 ${yuan(total - estimate.fen)}；` +
      '如确需增加，请先办理概算调整',
    {
      totalFen: total.toString(),
      limitFen: estimate.fen.toString(),
      excessFen: (total - estimate.fen).toString(),
    },
  );
}

function sumOf(lines: readonly FundingPlanLine[]): bigint {
  return lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
}

/** @throws Refusal `code` where a line uses more than the plan would allow */
export function assertCovers(
  plan: readonly FundingPlanLine[],
  { money }: ProjectState,
  code: 'plan.belowUsed' | 'reversal.planUsed',
  planName: string,
): void {
  const [over] = linesOverPlan(plan, money);
  if (!over) return;
  const { key, claim, limit } = over;
  refuse(
    code,
    `${lineName(key)}：${planName} ${yuan(limit)}，低于已申请、下达或到位的 ${yuan(claim)}，差 ${yuan(claim - limit)}`,
    {
      source: key.source,
      ...(key.level && { level: key.level }),
      budgetYear: key.budgetYear,
      limitFen: limit.toString(),
      usedFen: claim.toString(),
      excessFen: (claim - limit).toString(),
    },
  );
}

/** The lines that stand on one side only, amount and earmarks included. */
export function* changedLines(
  old: readonly FundingPlanLine[],
  now: readonly FundingPlanLine[],
): Iterable<FundingPlanLine> {
  if (old.length === 0) return yield* now;
  const spelt = (line: FundingPlanLine) => canonicalJson(line);
  const oldSpelt = new Set(old.map(spelt));
  const nowSpelt = new Set(now.map(spelt));
  yield* old.filter((line) => !nowSpelt.has(spelt(line)));
  yield* now.filter((line) => !oldSpelt.has(spelt(line)));
}

function assertLines(lines: readonly FundingPlanLine[]): void {
  const seen = new Set<string>();
  for (const line of lines) {
    positiveFen(line.amountFen, '计划金额');
    const id = planLineId(line);
    if (seen.has(id)) {
      const { source, level, budgetYear } = line;
      const words = [FUNDING_SOURCES[source], level && FUNDING_LEVELS[level], budgetYear ?? '未分年度'];
      refuse('plan.duplicateLine', `资金来源重复：${words.filter(Boolean).join(' ')}`, {
        source,
        level,
        budgetYear,
      });
    }
    seen.add(id);
  }
}

function assertOpenYears(changed: readonly FundingPlanLine[], { closedYears }: ProjectState): void {
  const closed = changed.map((line) => line.budgetYear).filter((year) => year && closedYears.has(year));
  if (closed.length === 0) return;
  const years = [...new Set(closed)];
  refuse('year.closed', `${years.join('、')} 年度已关账，不能再改该年度的资金来源计划`, { closed: years });
}

function planLineId({ source, level, budgetYear }: FundingPlanLine): string {
  return `${source}/${level ?? ''}/${budgetYear ?? ''}`;
}
