import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, regionContains, type RegionCode } from '#libs/kernel/regions.js';
import type { ProjectCommandType } from '../domain/commands.js';
import type { Actor } from '../domain/envelope.js';

/** Roles of the users of DOMAIN.md. What a role may record is listed; everything else is denied. */
export const ROLES = {
  DevelopmentReform: '发展改革委',
  Finance: '财政',
  LeadUnit: '牵头单位（民政、卫健）',
  ImplementingUnit: '组织实施单位',
  Audit: '审计',
  Evaluator: '评估',
} as const;
export type Role = keyof typeof ROLES;

const MONEY: readonly ProjectCommandType[] = [
  'ApplyForFunds',
  'AllocateFunds',
  'DisburseFunds',
  'ReceiveFunds',
  'PayFunds',
  'CarryForwardFunds',
  'ReallocateFundsOut',
  'ReallocateFundsIn',
  'RecoverFunds',
  'ReturnSurplus',
  'DeclineEntry',
];
const WORK: readonly ProjectCommandType[] = [
  'StartConstruction',
  'ReportProgress',
  'SuspendConstruction',
  'ResumeConstruction',
];
const CAPACITY: readonly ProjectCommandType[] = [
  'AcceptCompletion',
  'ExemptAcceptance',
  'Commission',
  'ChangeCapacity',
  'Decommission',
];

type Permitted = (command: ProjectCommandType) => boolean;
const oneOf =
  (...commands: ProjectCommandType[]): Permitted =>
  (command) =>
    commands.includes(command);

/**
 * The commission keeps the pool, so it may record whatever a project lives through; the books of a year are closed by
 * finance alone, since what is entered there afterwards counts as a correction.
 */
const PERMITTED: Record<Role, Permitted> = {
  DevelopmentReform: (command) => command !== 'CloseBudgetYear',
  Finance: oneOf(...MONEY, 'CloseBudgetYear', 'ApproveFinalAccount', 'ReverseEntry'),
  LeadUnit: oneOf(...CAPACITY, 'MeetReadinessCondition', 'LapseReadinessCondition', 'Evaluate'),
  ImplementingUnit: oneOf(...WORK, 'ReceiveFunds', 'PayFunds'),
  Audit: oneOf(),
  Evaluator: oneOf(),
};

/** @throws Refusal `actor.unknownRole` | `actor.unknownRegion` | `actor.notPermitted` */
export function assertMayRecord(actor: Actor, command: ProjectCommandType): void {
  const permitted = Object.hasOwn(PERMITTED, actor.role) ? PERMITTED[actor.role as Role] : undefined;
  if (!permitted) {
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, {
      role: actor.role,
      expected: Object.keys(ROLES),
    });
  }
  if (!isRegionCode(actor.region)) {
    throw new Refusal('actor.unknownRegion', `未知的行政区划代码“${actor.region}”`, { region: actor.region });
  }
  if (!permitted(command)) {
    const permittedRoles = (Object.keys(ROLES) as Role[]).filter((role) => PERMITTED[role](command));
    const label = permittedRoles.map((role) => ROLES[role]).join('、');
    throw new Refusal('actor.notPermitted', `${ROLES[actor.role as Role]}无权办理此事项，应由${label}办理`, {
      role: actor.role,
      command,
      permittedRoles,
    });
  }
}

/** What may be done with a region's records besides its projects: how it is called, and who may. */
export interface RegionalAct {
  label: string;
  roles: readonly Role[];
}

/** @throws Refusal `region.unknown` | `actor.unknownRole` | `actor.notPermitted` | `actor.outsideRegion` */
export function assertMayAct<Act extends string>(
  permitted: Readonly<Record<Act, RegionalAct>>,
  act: Act,
  actor: Actor,
  region: string,
): void {
  if (!isRegionCode(region)) throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
  if (!Object.hasOwn(ROLES, actor.role)) {
    const expected = Object.keys(ROLES);
    throw new Refusal('actor.unknownRole', `未知的角色“${actor.role}”`, { role: actor.role, expected });
  }
  const role = actor.role as Role;
  const { label, roles } = permitted[act];
  if (!roles.includes(role)) {
    throw new Refusal('actor.notPermitted', `${ROLES[role]}无权${label}`, { role, act });
  }
  assertInRegion(actor, [region]);
}

/** A user acts inside the user's own region only. @throws Refusal `actor.outsideRegion` */
export function assertInRegion(actor: Actor, regions: readonly RegionCode[]): void {
  const outside = regions.filter((region) => !regionContains(actor.region, region));
  if (outside.length > 0) {
    throw new Refusal('actor.outsideRegion', '项目不在本单位的行政区划之内', {
      region: actor.region,
      outside,
    });
  }
}
