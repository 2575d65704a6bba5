import { idFor } from '#libs/kernel/ids.js';
import { earliestDay } from '#libs/kernel/partial-date.js';
import type { PlanFigures, Target } from '#libs/plans/domain/contradictions/contradiction.js';
import type { Listed } from '#libs/plans/domain/contradictions/t4-list-against-text.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import { entriesOf } from '#libs/plans/domain/state.js';
import { adopt, CONTEXT, PLAN_ID, stateAfter } from '#libs/plans/domain/testing/plan-specification.js';
import type { Day } from '../days.js';
import type { PlanDossier } from '../plan.js';

/** Made-up plans and statistics of 示例州 as rules see them, for specifications. */

interface Foreign extends Target {
  from: Day;
}

/** A target of another plan, in force from a day. */
export const foreignTarget = (from: Day, data: unknown): Foreign => ({
  eventId: idFor('figure of another plan', from),
  data: data as PlanEventData<'TargetSet'>,
  from,
});

/** The figures that stand after the plan was adopted and the commands were done. */
export function figuresAfter(commands: readonly PlanCommand[]): PlanFigures & { days: Map<string, Day> } {
  const state = stateAfter(adopt(), ...commands);
  const of = <T extends Parameters<typeof entriesOf>[1]>(type: T) =>
    entriesOf(state, type).map(({ id, data }) => ({ eventId: id, data }));
  return {
    targets: of('TargetSet'),
    baselines: of('BaselineRecorded'),
    populations: of('PopulationRecorded'),
    shares: of('CountySharesSet'),
    days: new Map([...state.entries].map(([id, { effectiveDate }]) => [id, earliestDay(effectiveDate)])),
  };
}

export function planOf(
  commands: readonly PlanCommand[],
  { others = [], ...listed }: { others?: readonly Foreign[] } & Partial<Listed> = {},
): PlanDossier {
  const { days, ...figures } = figuresAfter(commands);
  for (const { eventId, from } of others) days.set(eventId, from);
  return {
    planId: PLAN_ID,
    region: '990100',
    isArea: false,
    figures: { ...figures, others },
    days,
    since: earliestDay(CONTEXT.effectiveDate),
    listed: () => ({
      ...{ net: 0, unscoped: 0, coming: { low: 0, high: 0, unknownProjects: 0 } },
      ...listed,
      events: [idFor('a project')],
    }),
  };
}
