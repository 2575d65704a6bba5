import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode } from '#libs/kernel/regions.js';
import { ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { PlanCommandType } from '../domain/commands.js';

/** The commission and the lead units keep a plan; who carries out a task says how far it is. */
const KEEPERS: readonly Role[] = ['DevelopmentReform', 'LeadUnit'];
const REPORTERS: readonly Role[] = [...KEEPERS, 'ImplementingUnit', 'Finance'];

/** @throws Refusal `actor.unknownRole` | `actor.unknownRegion` | `actor.notPermitted` */
export function assertMayKeep(actor: Actor, command: PlanCommandType): void {
  if (!Object.hasOwn(ROLES, actor.role)) {
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, {
      role: actor.role,
      expected: Object.keys(ROLES),
    });
  }
  if (!isRegionCode(actor.region)) {
    throw new Refusal('actor.unknownRegion', `未知的行政区划代码“${actor.region}”`, { region: actor.region });
  }
  const role = actor.role as Role;
  const permitted = command === 'ReportTask' ? REPORTERS : KEEPERS;
  if (permitted.includes(role)) return;
  throw new Refusal('actor.notPermitted', `${ROLES[role]}无权办理此事项`, { role, command });
}
