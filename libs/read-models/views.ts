import { regionName, type RegionCode } from '#libs/kernel/regions.js';

/** A stored key with the Chinese word that people read. */
export interface Labelled<K extends string> {
  key: K;
  label: string;
}

export function labelled<K extends string>(labels: Readonly<Record<K, string>>, key: K): Labelled<K> {
  return { key, label: labels[key] };
}

/**
 * The set of divisions that a project stands in, sorted by code. One project in three counties is one set with
 * the label 盐源县、喜德县、美姑县: its money and beds belong to the three together and are never split.
 */
export interface RegionSet {
  codes: RegionCode[];
  label: string;
}

export function regionSet(codes: readonly RegionCode[]): RegionSet {
  const sorted = [...codes].sort();
  return { codes: sorted, label: sorted.map(regionName).join('、') };
}

/** "As known at" (recorded by then) and "as effective on" (business date by then); left out: all that is known. */
export interface AsOf {
  /** Instant, ISO 8601 with zone. Counts what was recorded at or before it. */
  asKnownAt?: string;
  /** Day, `YYYY-MM-DD`. Counts what is certain to be effective on or before it: a date printed as 2023年 is from 31 December. */
  asEffectiveOn?: string;
}
