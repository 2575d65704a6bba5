import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { Interval } from '#libs/plans/domain/indicators/compute.js';
import type { QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import type { Queryable } from '../queryable.js';
import type { AsOf } from '../views.js';
import type { PartEvidence, PartSource, UnusedFigure } from './queries.js';

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
  notUsed?: UnusedFigure[];
  /** All of them in the order recorded; those of a sum over the ledger are looked for when they are asked for. */
  events: readonly string[] | SummedEvents;
}

/** The events behind a sum over the ledger. */
export interface SummedEvents {
  count: () => Promise<number>;
  /** Ids of the first `LISTED_EVENTS` in the order recorded. */
  first: () => Promise<string[]>;
}

/** Finds the part of a quantity that this source knows of; undefined where it knows nothing of it. */
export type PartFinder = (quantity: QuantityId, region: RegionCode, year: number) => Part | undefined;

/** Rows of sets of divisions by the region that they count for: a set counts once, whole, for each that it reaches into. */
export function rowsIn<T>(
  rows: readonly T[],
  divisionsOf: (row: T) => readonly RegionCode[] | null,
): (region: RegionCode) => readonly T[] {
  const found = new Map<RegionCode, readonly T[]>();
  return (region) => {
    const known = found.get(region);
    if (known) return known;
    const prefix = regionPrefix(region);
    const within = rows.filter((row) => divisionsOf(row)?.some((division) => division.startsWith(prefix)));
    found.set(region, within);
    return within;
  };
}

export const yearEnd = (year: number): string => `${year}-12-31`;

/** The last day of a year that is asked about: its end, or the day that the question stops at before that. */
export function lastDay({ asEffectiveOn }: AsOf, year: number): string {
  const end = yearEnd(year);
  return asEffectiveOn !== undefined && asEffectiveOn < end ? asEffectiveOn : end;
}
