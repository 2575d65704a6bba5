/** What a project is folded from: a fact, known from `recordedAt` and certain from `effectiveTo` on, until taken back. */
export interface TimedFact {
  /** Instants as text that sorts as they do. */
  recordedAt: string;
  /** Last day the business date can mean. */
  effectiveTo: string;
  /** When the reversal was recorded, and the day it counts from; both null while the fact stands. */
  reversedAt: string | null;
  reversedTo: string | null;
}

/** How PostgreSQL writes a time that never comes. */
export const NEVER = 'infinity';

/**
 * One state of a project in both times. As known at K and effective on E it is the one that counts where
 * recordedFrom ≤ K < recordedUntil and effectiveFrom ≤ E, unless K ≥ recordedNext and E ≥ effectiveNext: facts mostly
 * follow each other in both times, and then the next state begins where both have come, so that there is one row a state.
 */
export interface Version<R> {
  row: R;
  recordedFrom: string;
  recordedUntil: string;
  effectiveFrom: string;
  recordedNext: string;
  effectiveNext: string;
}

/** The condition of the version that counts, for SQL of an instant and a day that are not null. */
export function versionCounts(alias: string, instant: string, day: string): string {
  return `${alias}.recorded_from <= ${instant} and ${alias}.recorded_until > ${instant}
    and ${alias}.effective_from <= ${day} and (${alias}.recorded_next > ${instant} or ${alias}.effective_next > ${day})`;
}

/** What stands of a project from a day on, as known since the last step; undefined: it had not entered. */
type Stretch<R> = Omit<Version<R>, 'row' | 'recordedUntil'> & { row: R | undefined; text: string };

/**
 * Every state that the facts add up to, of any pair of times: exactly one version counts, or none while `fold` yields
 * nothing. Facts stand in the order of their stream.
 */
export function versionsOf<F extends TimedFact, R>(
  facts: readonly F[],
  fold: (standing: readonly F[]) => R | undefined,
): Version<R>[] {
  const ended: Version<R>[] = [];
  let now: Stretch<R>[] = [];
  const instants = facts.flatMap(({ recordedAt, reversedAt }) =>
    reversedAt === null ? [recordedAt] : [recordedAt, reversedAt],
  );
  for (const instant of distinct(instants)) {
    const known = facts.filter(({ recordedAt }) => recordedAt <= instant);
    const moved = daysOf(known, (at) => at === instant);
    const since = moved[0]!;
    const kept = now.filter(({ effectiveFrom }) => effectiveFrom < since);
    const days = daysOf(known, (at) => at <= instant).filter((day) => day >= since);
    const next = [...kept];
    for (const day of days) {
      const row = fold(known.filter((fact) => standsOn(fact, instant, day)));
      const text = JSON.stringify(row) ?? '';
      if (text !== (next.at(-1)?.text ?? '')) next.push(begun(row, text, instant, day));
    }
    now = step(now, next, instant, ended);
  }
  return [...ended, ...now.flatMap((stretch) => versionOf(stretch, NEVER))];
}

/** What was begun and stands on goes on; what is over, or borders on another day than before, ends at the instant. */
function step<R>(
  before: readonly Stretch<R>[],
  after: readonly Stretch<R>[],
  instant: string,
  ended: Version<R>[],
): Stretch<R>[] {
  const open = new Map(before.map((stretch) => [stretch.effectiveFrom, stretch]));
  const now = after.map((stretch, i): Stretch<R> => {
    const end = after[i + 1]?.effectiveFrom ?? NEVER;
    const bounded = end === NEVER ? NEVER : instant;
    const old = open.get(stretch.effectiveFrom);
    if (old?.text === stretch.text) {
      if (old.effectiveNext === end) return keep(old);
      if (old.effectiveNext === NEVER) return { ...keep(old), recordedNext: instant, effectiveNext: end };
    }
    return { ...stretch, recordedFrom: instant, recordedNext: bounded, effectiveNext: end };
  });
  for (const stretch of open.values()) ended.push(...versionOf(stretch, instant));
  return now;

  function keep(stretch: Stretch<R>): Stretch<R> {
    open.delete(stretch.effectiveFrom);
    return stretch;
  }
}

function begun<R>(row: R | undefined, text: string, instant: string, day: string): Stretch<R> {
  return { row, text, recordedFrom: instant, effectiveFrom: day, recordedNext: NEVER, effectiveNext: NEVER };
}

function versionOf<R>({ row, text: _, ...times }: Stretch<R>, recordedUntil: string): Version<R>[] {
  return row === undefined ? [] : [{ row, ...times, recordedUntil }];
}

function standsOn(fact: TimedFact, instant: string, day: string): boolean {
  if (fact.effectiveTo > day) return false;
  return !(fact.reversedAt !== null && fact.reversedAt <= instant && fact.reversedTo! <= day);
}

/** Days from which a fact or its reversal counts, of those recorded at the wanted instants. */
function daysOf(facts: readonly TimedFact[], wanted: (instant: string) => boolean): string[] {
  const days = facts.flatMap(({ recordedAt, effectiveTo, reversedAt, reversedTo }) => [
    ...(wanted(recordedAt) ? [effectiveTo] : []),
    ...(reversedAt !== null && wanted(reversedAt) ? [reversedTo!] : []),
  ]);
  return distinct(days);
}

/** In order. */
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
