import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode } from '#libs/kernel/regions.js';
import { assertInRegion, ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

const PERMITTED = {
  open: { label: '布置统计上报', roles: ['LeadUnit', 'DevelopmentReform'] },
  submit: { label: '上报统计', roles: ['LeadUnit', 'DevelopmentReform', 'Finance', 'ImplementingUnit'] },
  check: { label: '审核统计', roles: ['LeadUnit', 'DevelopmentReform'] },
} as const satisfies Record<string, { label: string; roles: readonly Role[] }>;
export type StatisticsAct = keyof typeof PERMITTED;

/** @throws Refusal `region.unknown` | `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
export function assertMay(act: StatisticsAct, actor: Actor, region: string): void {
  if (!isRegionCode(region)) throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
  if (!Object.hasOwn(ROLES, actor.role)) {
    const expected = Object.keys(ROLES);
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, { role: actor.role, expected });
  }
  const role = actor.role as Role;
  const { label, roles } = PERMITTED[act];
  if (!(roles as readonly Role[]).includes(role)) {
    throw new Refusal('actor.notPermitted', `${ROLES[role]}无权${label}`, { role, act });
  }
  assertInRegion(actor, [region]);
}
