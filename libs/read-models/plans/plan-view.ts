import { regionName } from '#libs/kernel/regions.js';
import type { PlanDetails } from '#libs/plans/domain/events.js';
import type { PlanFigures } from '#libs/plans/domain/contradictions/contradiction.js';
import { refuse } from '#libs/plans/domain/refusal-codes.js';
import type { Queryable } from '../queryable.js';
import type { AsOf } from '../views.js';
import type { PlanView } from './queries.js';
import { linesOfPlan, ofType, type PlanLine } from './standing-entries.js';

/** @throws Refusal `plan.notFound` */
export async function planLines(
  database: Queryable,
  planId: string,
  asOf: AsOf,
): Promise<{ plan: PlanView; lines: PlanLine[] }> {
  const lines = await linesOfPlan(database, planId, asOf);
  const plan = planView(lines);
  if (!plan) refuse('plan.notFound', `没有编号为“${planId}”的方案`, { planId });
  return { plan, lines };
}

export function planView(lines: readonly PlanLine[]): PlanView | undefined {
  const [adopted] = ofType(lines, 'PlanAdopted');
  if (!adopted) return undefined;
  const revised = ofType(lines, 'PlanDetailsRevised').at(-1)?.data.after;
  const { region, area, period } = adopted.data;
  const details: PlanDetails = revised ?? adopted.data;
  const count = (type: PlanLine['type']) => ofType(lines, type).length;
  return {
    id: adopted.planId,
    title: details.title,
    region: { code: region, name: regionName(region) },
    area: area?.name ?? null,
    period,
    documentNumber: details.documentNumber ?? null,
    authority: details.authority ?? null,
    effectiveDate: adopted.effective,
    note: details.note ?? null,
    baselines: count('BaselineRecorded'),
    populations: count('PopulationRecorded'),
    forecasts: count('ForecastRecorded'),
    targets: count('TargetSet'),
    tasks: count('TaskAssigned'),
    breakdowns: count('CountySharesSet'),
  };
}

/** What the rules T1 to T3 look at. */
export const figuresOf = (lines: readonly PlanLine[]): PlanFigures => ({
  targets: ofType(lines, 'TargetSet'),
  baselines: ofType(lines, 'BaselineRecorded'),
  populations: ofType(lines, 'PopulationRecorded'),
  shares: ofType(lines, 'CountySharesSet'),
});
