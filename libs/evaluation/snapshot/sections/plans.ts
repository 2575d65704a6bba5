import { digestOf } from '#libs/kernel/canonical.js';
import type { Contradiction } from '#libs/plans/domain/contradictions/contradiction.js';
import type { PlanView, TargetView } from '#libs/read-models/plans/queries.js';
import { byKey, type Entry } from '../entry.js';
import { indicatorsReached } from '../standing-plans.js';
import type { Section } from './section.js';

/** The plans of the year: each with its targets held against what there is, and what in it contradicts itself. */
export const plansSection: Section = {
  name: 'plans',
  async *entries({ plans, measures, region, year }) {
    measures.indicatorsReached = indicatorsReached(plans, region, year);
    const entries = plans.flatMap(({ plan, targets, contradictions }) => [
      planEntry(plan),
      ...targets.map((target) => targetEntry(plan.id, target)),
      ...contradictions.map((each) => contradictionEntry(plan.id, each)),
    ]);
    // One that is told twice in the same words is one.
    yield* [...new Map(entries.map((entry) => [entry.key, entry])).values()].sort(byKey);
  },
};

function planEntry({ id, title, documentNumber, authority, effectiveDate, ...counts }: PlanView): Entry {
  const { baselines, populations, targets, tasks, breakdowns } = counts;
  return {
    key: `${id}/plan`,
    label: title,
    figures: {
      documentNumber,
      authority,
      effectiveDate,
      baselines,
      populations,
      targets,
      tasks,
      breakdowns,
    },
  };
}

function targetEntry(planId: string, target: TargetView): Entry {
  const { computed, attribute, verdict } = target;
  return {
    key: `${planId}/target/${target.eventId}`,
    label: [target.region.name, target.year ?? '', target.indicator].filter((word) => word !== '').join(' '),
    figures: {
      region: target.region.code,
      year: target.year,
      target: target.printed,
      attribute: attribute?.key ?? null,
      leadUnits: target.leadUnits,
      document: target.document,
      locator: target.locator,
      computed: computed?.printed ?? null,
      computedLow: computed?.low ?? null,
      computedHigh: computed?.high ?? null,
      computedYear: computed?.year ?? null,
      why: target.why,
      verdict: verdict.key,
      onlyRounded: target.onlyRounded,
    },
  };
}

function contradictionEntry(planId: string, contradiction: Contradiction): Entry {
  const { rule, severity, indicator, year, sides, sentence } = contradiction;
  const figures = { rule, severity, year, sentence, sides: sides.map((side) => ({ ...side })) };
  return {
    key: `${planId}/contradiction/${rule}/${digestOf({ indicator, ...figures })}`,
    label: indicator,
    figures,
  };
}
