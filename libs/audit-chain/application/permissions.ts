import { Refusal } from '#libs/kernel/refusal.js';
import { ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

/** Who may sign for the whole store: those who seal, issue and audit. */
const ANCHORERS: ReadonlySet<string> = new Set<Role>([
  'DevelopmentReform',
  'LeadUnit',
  'Evaluator',
  'Audit',
  'Finance',
]);

/** @throws Refusal `actor.unknownRole` | `actor.notPermitted` */
export function assertMayAnchor(actor: Actor): void {
  if (!Object.hasOwn(ROLES, actor.role)) {
    const expected = Object.keys(ROLES);
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, { role: actor.role, expected });
  }
  if (!ANCHORERS.has(actor.role)) {
    throw new Refusal('actor.notPermitted', `${ROLES[actor.role as Role]}无权设锚`, { role: actor.role });
  }
}
