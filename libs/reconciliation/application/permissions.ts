import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode } from '#libs/kernel/regions.js';
import { assertInRegion, ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

/** Who may say that statement and ledger agree: those who keep the accounts. */
const RECONCILERS: ReadonlySet<string> = new Set<Role>(['Finance', 'DevelopmentReform']);

/** @throws Refusal `region.unknown` | `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
export function assertMayReconcile(actor: Actor, region: string): void {
  if (!isRegionCode(region)) throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
  if (!Object.hasOwn(ROLES, actor.role)) {
    const expected = Object.keys(ROLES);
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, { role: actor.role, expected });
  }
  if (!RECONCILERS.has(actor.role)) {
    throw new Refusal('actor.notPermitted', `${ROLES[actor.role as Role]}无权办理对账`, { role: actor.role });
  }
  assertInRegion(actor, [region]);
}
