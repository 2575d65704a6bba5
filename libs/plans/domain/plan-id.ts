import type { RegionCode } from '#libs/kernel/regions.js';

/** What names a plan: 513400-2023-2025; 610000-xixian-2023-2025 for an area that has no division code of its own. */
export interface PlanKey {
  /** The division; of an area without a code, the smallest division that contains it. */
  region: RegionCode;
  /** Latin short name of such an area. */
  area?: string | undefined;
  period: { from: number; to: number };
}

export const AREA_PATTERN = '^[a-z][a-z0-9]{0,30}$';
export const PLAN_ID = /^(\d{6})(?:-([a-z][a-z0-9]{0,30}))?-(\d{4})-(\d{4})$/u;

export const PLAN_STREAM_PREFIX = 'plan-';
export const planStream = (planId: string): string => PLAN_STREAM_PREFIX + planId;

export function planIdOf({ region, area, period }: PlanKey): string {
  return [region, ...(area === undefined ? [] : [area]), period.from, period.to].join('-');
}

export function readPlanId(planId: string): PlanKey | undefined {
  const match = PLAN_ID.exec(planId);
  if (!match) return undefined;
  const [, region = '', area, from, to] = match;
  return { region, ...(area !== undefined && { area }), period: { from: Number(from), to: Number(to) } };
}
