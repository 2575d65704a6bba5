import type { Day } from './days.js';

/** From least to most serious. */
export const SEVERITIES = { warning: '提示', error: '问题', critical: '严重' } as const;
export type Severity = keyof typeof SEVERITIES;

/**
 * One fault that a rule saw, with what stands behind it.
 *
 * `steps` says from which day it counts, and how seriously: what ripens with time (money that lies idle, a date that
 * passes) is told in advance by its day, so that the answer for any day is a comparison and no clock has to run.
 */
export interface FindingItem {
  steps: readonly { severity: Severity; from: Day }[];
  /** By name: `…Fen` is integer fen as text, the others plain decimals, dates or words. */
  figures: Readonly<Record<string, string>>;
  /** Ids of the events behind it. */
  events: readonly string[];
  /** The first of the many events that a sum among the figures comes from. */
  among?: readonly string[];
  /** For people, with the arithmetic. */
  sentence: string;
}

export type Outcome =
  { kind: 'notApplicable'; why: string } | { kind: 'pass' } | { kind: 'fail'; items: readonly FindingItem[] };

export const PASS: Outcome = { kind: 'pass' };
export const notApplicable = (why: string): Outcome => ({ kind: 'notApplicable', why });
/** Fails where there is something to say, passes otherwise. */
export const failsBy = (items: readonly FindingItem[]): Outcome =>
  items.length > 0 ? { kind: 'fail', items } : PASS;

/** How serious an item is on a day; undefined while it has not come that far. */
export function severityOn({ steps }: Pick<FindingItem, 'steps'>, day: Day): Severity | undefined {
  const order = Object.keys(SEVERITIES);
  return steps
    .filter(({ from }) => from <= day)
    .map(({ severity }) => severity)
    .toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
}
