import { Refusal } from '#libs/kernel/refusal.js';
import { ROLES, type Role } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { HANDLING_STATES, type StepKind } from '../domain/handling.js';

/** Who builds and who leads answers for a finding; who supervises lets it pass or takes it off the list. */
const ANSWER: readonly Role[] = ['ImplementingUnit', 'LeadUnit', 'DevelopmentReform', 'Finance'];
const SUPERVISE: readonly Role[] = ['DevelopmentReform', 'Finance', 'Audit'];

const PERMITTED: Record<StepKind, readonly Role[]> = {
  explained: ANSWER,
  rectified: ANSWER,
  waived: SUPERVISE,
  closed: SUPERVISE,
};

/** @throws Refusal `actor.unknownRole` | `actor.notPermitted` */
export function assertMayHandle(actor: Actor, step: StepKind): void {
  if (!Object.hasOwn(ROLES, actor.role)) {
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, {
      role: actor.role,
      expected: Object.keys(ROLES),
    });
  }
  const role = actor.role as Role;
  if (PERMITTED[step].includes(role)) return;
  const message = `${ROLES[role]}无权将疑点登记为${HANDLING_STATES[step]}`;
  throw new Refusal('actor.notPermitted', message, { role, step });
}
