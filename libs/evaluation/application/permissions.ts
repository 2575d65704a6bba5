import { assertMayAct, type RegionalAct } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

const PERMITTED = {
  /** Who evaluates, and the commission that keeps the pool, put a year under seal. */
  seal: { label: '封存年度评估', roles: ['Evaluator', 'DevelopmentReform'] },
  /** Whoever is evaluated does not score. */
  score: { label: '评价打分', roles: ['Evaluator'] },
  circular: { label: '印发通报', roles: ['DevelopmentReform'] },
} as const satisfies Record<string, RegionalAct>;
export type EvaluationAct = keyof typeof PERMITTED;

/** @throws Refusal `region.unknown` | `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
export function assertMay(act: EvaluationAct, actor: Actor, region: string): void {
  assertMayAct(PERMITTED, act, actor, region);
}
