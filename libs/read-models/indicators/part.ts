import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { Interval } from '#libs/plans/domain/indicators/compute.js';
import type { QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import type { Queryable } from '../queryable.js';
import type { AsOf } from '../views.js';
import type { PartEvidence, PartSource } from './queries.js';

/** What is asked: every region and year at once, so that each table is read once. */
export interface PartScope {
  database: Queryable;
  regions: readonly RegionCode[];
  years: readonly number[];
  asOf: AsOf;
  quantities: ReadonlySet<QuantityId>;
}

/** A number before it is printed. */
export interface Part {
  /** null: nothing is known. */
  interval: Interval | null;
  source: PartSource;
  asOf: string | null;
  explanation: string;
  evidence: PartEvidence[];
  /** All of them in the order recorded; a sum over the ledger only counts its lines. */
  events: readonly string[] | { count: number };
}

/** Finds the part of a quantity that this source knows of; undefined where it knows nothing of it. */
export type PartFinder = (quantity: QuantityId, region: RegionCode, year: number) => Part | undefined;

/** Whether a project that stands in these divisions counts for the region; it counts once, whole. */
export function standsIn(divisions: readonly RegionCode[] | null, region: RegionCode): boolean {
  const prefix = regionPrefix(region);
  return divisions !== null && divisions.some((division) => division.startsWith(prefix));
}

export const yearEnd = (year: number): string => `${year}-12-31`;
