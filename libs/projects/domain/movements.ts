import { CAPACITY_KINDS, type ActualCapacity, type CapacityKind } from '#libs/kernel/capacity.js';
import type { ProjectEvent, ProjectEventData, ProjectEventType } from './events.js';
import type { ProjectCategory } from './vocabulary.js';

/** Kinds that a project of the category should print; where it does not, its count is unknown. */
export const EXPECTED_KINDS: Record<ProjectCategory, readonly CapacityKind[]> = {
  ElderlyCare: ['beds', 'nursingBeds'],
  MedicalElderlyCare: ['beds', 'nursingBeds'],
  Childcare: ['places', 'inclusivePlaces'],
};

/** What one event adds to the stock of one kind, or takes from it (negative). Never zero. */
export interface Movement {
  kind: CapacityKind;
  figure: 'commissioned' | 'changed' | 'decommissioned';
  delta: number;
}

/** A project counts from the day it is in use, at the capacity in use; acceptance alone adds nothing. */
const MOVERS: { readonly [T in ProjectEventType]?: (data: ProjectEventData<T>) => Movement[] } = {
  ProjectCommissioned: ({ capacity }) => between('commissioned', {}, capacity),
  CapacityChanged: ({ before, after }) => between('changed', before, after),
  ProjectDecommissioned: ({ capacity }) => between('decommissioned', capacity, {}),
};

/** Events that make movements. */
export const MOVING_EVENTS: readonly string[] = Object.keys(MOVERS);

/** The movements of one event; none for events that move no stock. */
export function movementsOf({ type, data }: ProjectEvent): Movement[] {
  const mover = MOVERS[type] as ((data: unknown) => Movement[]) | undefined;
  return mover?.(data) ?? [];
}

function between(figure: Movement['figure'], before: ActualCapacity, after: ActualCapacity): Movement[] {
  return CAPACITY_KINDS.map((kind) => ({
    kind,
    figure,
    delta: (after[kind] ?? 0) - (before[kind] ?? 0),
  })).filter(({ delta }) => delta !== 0);
}
