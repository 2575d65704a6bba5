import type { JsonObject } from '#libs/kernel/json.js';
import type { PlanEventType } from './events.js';

/** Per event type, the steps v1→v2, v2→v3, … in order; each turns the data of one version into the next, purely. */
export type Upcasters = { readonly [T in PlanEventType]?: readonly ((data: JsonObject) => JsonObject)[] };

/** The steps in force: none yet. Whoever changes a schema appends a step and freezes samples in `samples/v<n>/`. */
export const UPCASTERS: Upcasters = {};

/** The version that events of the type are written at. */
export function currentVersion(type: PlanEventType, upcasters: Upcasters = UPCASTERS): number {
  return (upcasters[type]?.length ?? 0) + 1;
}

export function upcast(
  type: PlanEventType,
  version: number,
  data: JsonObject,
  upcasters: Upcasters,
): JsonObject {
  return (upcasters[type] ?? []).slice(version - 1).reduce((older, step) => step(older), data);
}
