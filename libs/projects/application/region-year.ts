import { comparePositions, type Position } from '#libs/event-store/port.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, type RegionCode } from '#libs/kernel/regions.js';
import type { ProjectCommandType } from '../domain/commands.js';
import { assertNotFuture } from '../domain/decide/guards.js';
import type { Actor } from '../domain/envelope.js';
import { assertInRegion, assertMayRecord } from './permissions.js';

/** What is done to a budget year on every project of a region, one project after the other. */

/** Projects that are gone through in one call of the recorder: bounds what is held, and lost when the process dies. */
export const CHUNK = 200;

export interface KnownProject {
  projectId: string;
  name: string;
}

/** Every project that stands in the region, by all that is recorded when it is called. */
export type ProjectsIn = (region: RegionCode) => Promise<readonly KnownProject[]>;

export interface RefusedProject extends KnownProject {
  code: string;
  message: string;
}

/** Called with the number of projects gone through and of all, after each chunk. */
export type OnProgress = (done: number, total: number) => void;

interface Asked {
  region: RegionCode;
  year: number;
  actor: Actor;
  effectiveDate: PartialDate;
}

/**
 * What would be refused of every project is refused once, before any is looked at.
 * @param what 关账, 结转
 * @throws Refusal `region.unknown`, `actor.…`, `date.future`, `year.notBegun`
 */
export function assertAllowed(asked: Asked, command: ProjectCommandType, what: string, today: string): void {
  const { region, year, actor, effectiveDate } = asked;
  if (!isRegionCode(region)) {
    throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
  }
  assertMayRecord(actor, command);
  assertInRegion(actor, [region]);
  assertNotFuture({ effectiveDate, today });
  if (year > Number(today.slice(0, 4))) {
    throw new Refusal('year.notBegun', `${year} 年度尚未开始，不能${what}`, { year, today });
  }
}

export function later(
  position: Position | undefined,
  outcome: { position: Position | undefined },
): Position | undefined {
  if (position === undefined || outcome.position === undefined) return position ?? outcome.position;
  return comparePositions(outcome.position, position) > 0 ? outcome.position : position;
}
