import type { Problem, Problems } from '../domain/problems.js';
import type { AnchorFigures } from '../domain/anchor-check.js';

/** What a verification looked at and what it found, of a store or of a bundle. */
export interface Verification {
  /** Nothing was found. Without met anchors this says only that the data agree with one another. */
  readonly holds: boolean;
  readonly storeId: string;
  /** Events whose chain was recomputed, and the hash of the last. */
  readonly events: number;
  readonly head: string;
  /** Events that the kept chain did not have yet. */
  readonly unchained: number;
  readonly anchors: AnchorFigures;
  /** SHA-256 of the public keys that signatures were checked with. */
  readonly keyFingerprints: readonly string[];
  readonly tables: TableFigures;
  /** Sealed texts whose digest was recomputed. */
  readonly sealed: number;
  readonly problemCount: number;
  /** The first problem in the order of the store. */
  readonly first: Problem | null;
  /** In the order of the store, at most 100. */
  readonly problems: readonly Problem[];
}

export interface TableFigures {
  readonly projections: number;
  readonly tables: number;
  readonly rows: number;
}

export const NO_TABLES: TableFigures = { projections: 0, tables: 0, rows: 0 };

export function verification(
  problems: Problems,
  what: Omit<Verification, 'holds' | 'problemCount' | 'first' | 'problems'>,
): Verification {
  const listed = problems.list();
  const { count } = problems;
  return { holds: count === 0, ...what, problemCount: count, first: listed[0] ?? null, problems: listed };
}

/** Kinds that say of the events themselves, rather than of a chain kept beside them, that they are not what was. */
const OF_EVENTS = /^event\.|^store\.truncated$/u;

/** The first place of problems of these kinds; Infinity where there is none. */
export function firstPlaceOf(problems: Problems, kinds: RegExp = OF_EVENTS): number {
  const places = problems
    .list()
    .filter(({ kind }) => kinds.test(kind))
    .map(({ sequence }) => sequence ?? Infinity);
  return Math.min(Infinity, ...places);
}
