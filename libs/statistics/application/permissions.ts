import { assertMayAct, type RegionalAct } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

const PERMITTED = {
  open: { label: '布置统计上报', roles: ['LeadUnit', 'DevelopmentReform'] },
  submit: { label: '上报统计', roles: ['LeadUnit', 'DevelopmentReform', 'Finance', 'ImplementingUnit'] },
  check: { label: '审核统计', roles: ['LeadUnit', 'DevelopmentReform'] },
} as const satisfies Record<string, RegionalAct>;
export type StatisticsAct = keyof typeof PERMITTED;

/** @throws Refusal `region.unknown` | `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
export function assertMay(act: StatisticsAct, actor: Actor, region: string): void {
  assertMayAct(PERMITTED, act, actor, region);
}
