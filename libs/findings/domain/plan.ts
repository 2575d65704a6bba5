import type { Contradiction, PlanFigures } from '#libs/plans/domain/contradictions/contradiction.js';
import type { Listed, Promised } from '#libs/plans/domain/contradictions/t4-list-against-text.js';
import type { Day } from './days.js';
import { failsBy, type FindingItem, type Outcome } from './outcome.js';
import type { RuleHead } from './rule.js';

/** A plan as rules see it: what it prints, what other plans promise of the same divisions, and the list of projects. */
export interface PlanDossier {
  planId: string;
  region: string;
  /** For an area without a division code: no project is known to stand in it. */
  isArea: boolean;
  figures: PlanFigures;
  /** First days of the entries, by event id. */
  days: ReadonlyMap<string, Day>;
  /** First day of the plan itself: what it reports of earlier years contradicts it from then on. */
  since: Day;
  /** What projects bring to a promise, and the first of the events behind it. */
  listed(promised: Promised): Listed & { events: readonly string[] };
}

/** A rule on one plan. */
export interface PlanRule extends RuleHead {
  subject: 'plan';
  evaluate(plan: PlanDossier): Outcome;
}

export const planOutcome = (plan: PlanDossier, found: readonly Contradiction[]): Outcome =>
  failsBy(found.map((each) => itemOf(plan, each)));

/** @param among some of the events behind a sum that is held against the figures */
export function itemOf(
  { days, since }: PlanDossier,
  { severity, indicator, year, sides, figures, sentence }: Contradiction,
  among: readonly string[] = [],
): FindingItem {
  const events = sides.map(({ eventId }) => eventId);
  const from = events.reduce((latest, id) => {
    const day = days.get(id) ?? latest;
    return day > latest ? day : latest;
  }, since);
  return {
    steps: [{ severity: severity === 'error' ? 'error' : 'warning', from }],
    figures: { indicator, ...(year !== null && { year: String(year) }), ...figures },
    events: [...new Set(events)],
    ...(among.length > 0 && { among }),
    sentence,
  };
}
