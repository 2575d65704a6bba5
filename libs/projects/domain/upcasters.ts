import type { JsonObject } from '#libs/kernel/json.js';
import { PROJECT_EVENT_SCHEMAS, type ProjectEventType } from './events.js';

/** Turns the data of one version into the next. Pure; gets data that passed when it was written. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** Per event type, the steps v1→v2, v2→v3, … in order. A type that is not named is at version 1. */
export type Upcasters = { readonly [T in ProjectEventType]?: readonly Upcaster[] };

/**
 * The steps in force. Whoever changes a
 * schema in `events.ts` appends a step here and freezes samples of the new version in `samples/v<n>/`.
 */
export const UPCASTERS: Upcasters = {
  // Version 2 may say what lottery money is for and what a special bond is repaid by; nothing said it before.
  FundingPlanned: [same],
  FundingPlanRevised: [same],
  FundsApplied: [same],
  FundsAllocated: [same],
  FundsReceived: [same],
  FundsPaid: [same],
};

function same(data: JsonObject): JsonObject {
  return data;
}

/** The version that events of the type are written at. */
export function currentVersion(type: ProjectEventType, upcasters: Upcasters = UPCASTERS): number {
  return (upcasters[type]?.length ?? 0) + 1;
}

/** Data of `version` carried to the current version; the very same object where it is current already. */
export function upcast(
  type: ProjectEventType,
  version: number,
  data: JsonObject,
  upcasters: Upcasters = UPCASTERS,
): JsonObject {
  const steps = upcasters[type]?.slice(version - 1) ?? [];
  return steps.reduce((older, step) => step(older), data);
}

/** The version that each type is written at. */
export const CURRENT_VERSIONS = Object.fromEntries(
  Object.keys(PROJECT_EVENT_SCHEMAS).map((type) => [type, currentVersion(type as ProjectEventType)]),
) as Readonly<Record<ProjectEventType, number>>;
