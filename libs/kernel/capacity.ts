/** The four counts a facility is measured by: 养老床位, 护理型床位, 托位, 普惠托位. */
export const CAPACITY_KINDS = ['beds', 'nursingBeds', 'places', 'inclusivePlaces'] as const;
export type CapacityKind = (typeof CAPACITY_KINDS)[number];

/** A planned count: exact when low = high, a range otherwise (床位100—200张). Unknown is the absent key, not zero. */
export interface CountRange {
  low: number;
  high: number;
}

export type PlannedCapacity = { [K in CapacityKind]?: CountRange };

/** Counts that were accepted or are in use: exact, and absent where the facility has none or they were not recorded. */
export type ActualCapacity = { [K in CapacityKind]?: number };

/** 机构, 社区, 家庭: an indicator over institution beds must not count the others. */
export const BED_SCOPES = ['institution', 'community', 'home'] as const;
export type BedScope = (typeof BED_SCOPES)[number];

export function exactly(count: number): CountRange {
  return { low: count, high: count };
}
