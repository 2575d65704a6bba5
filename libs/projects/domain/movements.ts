import { CAPACITY_KINDS, type ActualCapacity, type CapacityKind } from '#libs/kernel/capacity.js';
import type { ProjectEvent } from './events.js';
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

/** Events that make movements. */
export const MOVING_EVENTS = ['ProjectCommissioned', 'CapacityChanged', 'ProjectDecommissioned'] as const;

/** A project counts from the day it is in use, at the capacity in use; acceptance alone adds nothing. */
export function movementsOf(event: ProjectEvent): Movement[] {
  if (event.type === 'ProjectCommissioned') return between('commissioned', {}, event.data.capacity);
  if (event.type === 'CapacityChanged') return between('changed', event.data.before, event.data.after);
  if (event.type === 'ProjectDecommissioned') return between('decommissioned', event.data.capacity, {});
  return [];
}

function between(figure: Movement['figure'], before: ActualCapacity, after: ActualCapacity): Movement[] {
  return CAPACITY_KINDS.map((kind) => ({
    kind,
    figure,
    delta: (after[kind] ?? 0) - (before[kind] ?? 0),
  })).filter(({ delta }) => delta !== 0);
}
