import { CAPACITY_KINDS, type ActualCapacity, type CapacityKind } from '#libs/kernel/capacity.js';
import type { ProjectEvent } from '#libs/projects/domain/events.js';

/** What one event adds to the stock of one kind, or takes from it (negative). Never zero. */
export interface Movement {
  kind: CapacityKind;
  figure: 'commissioned' | 'changed' | 'decommissioned';
  delta: number;
}

/** A project counts from the day it is in use, at the capacity in use; acceptance alone adds nothing. */
export function movementsOf(event: ProjectEvent): Movement[] {
  switch (event.type) {
    case 'ProjectCommissioned':
      return between('commissioned', {}, event.data.capacity);
    case 'CapacityChanged':
      return between('changed', event.data.before, event.data.after);
    case 'ProjectDecommissioned':
      return between('decommissioned', event.data.capacity, {});
    default:
      return [];
  }
}

function between(figure: Movement['figure'], before: ActualCapacity, after: ActualCapacity): Movement[] {
  return CAPACITY_KINDS.map((kind) => ({
    kind,
    figure,
    delta: (after[kind] ?? 0) - (before[kind] ?? 0),
  })).filter(({ delta }) => delta !== 0);
}
