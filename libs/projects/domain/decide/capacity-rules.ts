import type { ActualCapacity, CapacityKind, PlannedCapacity } from '#libs/kernel/capacity.js';
import { refuse } from '../refusal-codes.js';

const LABELS: Record<CapacityKind, string> = {
  beds: '床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};

/** Unknown is not zero: a planned part is compared with its whole only where both were printed. */
export function assertPlannedCapacity(planned: PlannedCapacity): void {
  for (const kind of Object.keys(planned) as CapacityKind[]) {
    const range = planned[kind];
    if (range && range.low > range.high) {
      refuse('capacity.rangeReversed', `${LABELS[kind]}的下限 ${range.low} 大于上限 ${range.high}`, {
        kind,
        ...range,
      });
    }
  }
  const { beds, nursingBeds, places, inclusivePlaces } = planned;
  assertPart('capacity.nursingOverBeds', 'nursingBeds', nursingBeds?.high, 'beds', beds?.high);
  assertPart(
    'capacity.inclusiveOverPlaces',
    'inclusivePlaces',
    inclusivePlaces?.high,
    'places',
    places?.high,
  );
}

/** Counted capacity: what was not recorded is not there, so a part needs its whole. */
export function assertActualCapacity({ beds, nursingBeds, places, inclusivePlaces }: ActualCapacity): void {
  assertPart('capacity.nursingOverBeds', 'nursingBeds', nursingBeds, 'beds', beds ?? 0);
  assertPart('capacity.inclusiveOverPlaces', 'inclusivePlaces', inclusivePlaces, 'places', places ?? 0);
}

function assertPart(
  code: 'capacity.nursingOverBeds' | 'capacity.inclusiveOverPlaces',
  partKind: CapacityKind,
  part: number | undefined,
  wholeKind: CapacityKind,
  whole: number | undefined,
): void {
  if (part === undefined || whole === undefined || part <= whole) return;
  refuse(code, `${LABELS[partKind]} ${part} 多于${LABELS[wholeKind]} ${whole}，差 ${part - whole}`, {
    [partKind]: part,
    [wholeKind]: whole,
  });
}

/** An exempted project has no accepted capacity to be compared with. */
export function assertWithinAccepted(inUse: ActualCapacity, accepted: ActualCapacity | undefined): void {
  if (!accepted) return;
  for (const kind of Object.keys(inUse) as CapacityKind[]) {
    const count = inUse[kind] ?? 0;
    const limit = accepted[kind] ?? 0;
    if (count <= limit) continue;
    refuse(
      'capacity.inUseOverAccepted',
      `投入使用${LABELS[kind]} ${count} 超过验收的 ${limit}，差 ${count - limit}`,
      { kind, inUse: count, accepted: limit },
    );
  }
}
