import type { Fen } from '#libs/kernel/money.js';
import { balancesOf, type CarryStage, type LineKey } from './money-lines.js';
import type { ProjectState } from './state.js';

/** Money of a budget year that stands at a stage and went no further. */
export interface LeftOver extends LineKey {
  stage: CarryStage;
  fen: Fen;
}

const STAGES = ['allocated', 'disbursed', 'received'] as const satisfies readonly CarryStage[];

/** What a budget year leaves to the next one: allotted, disbursed or received, and not spent. In a fixed order. */
export function leftOverOf({ money }: Pick<ProjectState, 'money'>, year: number): LeftOver[] {
  return money
    .all()
    .filter(({ key }) => key.budgetYear === year)
    .toSorted((a, b) => (nameOf(a.key) < nameOf(b.key) ? -1 : 1))
    .flatMap(({ key, totals }) => {
      const balances = balancesOf(key.source, totals);
      return STAGES.map((stage) => ({ ...key, stage, fen: balances[stage] }));
    })
    .filter(({ fen }) => fen > 0n);
}

const nameOf = ({ source, level }: LineKey): string => `${source} ${level ?? ''}`;
