import type { PlanEvent } from '#libs/plans/domain/events.js';
import type { Evidence } from '#libs/projects/domain/envelope.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import type { Queryable } from '../queryable.js';
import type { AsOf } from '../views.js';

/** An entry of a plan that stands, with where and when it came from. */
export type PlanLine = PlanEvent & {
  eventId: string;
  position: string;
  planId: string;
  area: string | null;
  effective: string;
  recordedAt: string;
  evidence: Evidence[];
};
export type LineOf<T extends PlanEvent['type']> = PlanLine & Extract<PlanEvent, { type: T }>;

interface RawLine {
  event_id: string;
  position: string;
  event_type: string;
  plan_id: string;
  area: string | null;
  data: unknown;
  effective: string;
  recorded_at: Date;
  evidence: Evidence[];
}

/** $1, $2 as of; a line stands where nothing known by then takes it back. */
const standing = (condition: string) => `
  select e.event_id, e.position, e.event_type, e.plan_id, e.area, e.data, e.effective, e.recorded_at, e.evidence
  from read.plan_entry e
  where e.reverses is null and ${asOfCondition('e')}
    and not exists (select from read.plan_entry r where r.reverses = e.event_id and ${asOfCondition('r')})
    and ${condition}
  order by e.position`;

/** All that stands of one plan, in the order recorded. */
export function linesOfPlan(database: Queryable, planId: string, asOf: AsOf): Promise<PlanLine[]> {
  return linesOfPlans(database, [planId], asOf);
}

/** All that stands of these plans. */
export function linesOfPlans(
  database: Queryable,
  planIds: readonly string[],
  asOf: AsOf,
): Promise<PlanLine[]> {
  return read(database, standing('e.plan_id = any($3::text[])'), asOf, [...planIds]);
}

/** All that stands of the plans of divisions with this prefix. */
export function linesOfRegions(database: Queryable, prefix: string, asOf: AsOf): Promise<PlanLine[]> {
  return read(database, standing('starts_with(e.plan_region, $3)'), asOf, prefix);
}

/**
 * Figures about these divisions, whichever plan says them: a prefecture's plan prints its counties' populations too.
 * Figures of areas without a code of their own are left out, since they stand under a larger division.
 */
export function figuresAbout(
  database: Queryable,
  regions: readonly string[],
  types: readonly PlanEvent['type'][],
  asOf: AsOf,
): Promise<PlanLine[]> {
  const condition = 'e.area is null and e.region = any($3::text[]) and e.event_type = any($4::text[])';
  return read(database, standing(condition), asOf, [...regions], [...types]);
}

export const ofType = <T extends PlanEvent['type']>(lines: readonly PlanLine[], type: T): LineOf<T>[] =>
  lines.filter((line): line is LineOf<T> => line.type === type);

async function read(
  database: Queryable,
  statement: string,
  asOf: AsOf,
  ...parameters: unknown[]
): Promise<PlanLine[]> {
  const rows = await database.query<RawLine[]>(statement, [...asOfParameters(asOf), ...parameters]);
  return rows.map(
    (raw) =>
      ({
        type: raw.event_type,
        data: raw.data,
        eventId: raw.event_id,
        position: raw.position,
        planId: raw.plan_id,
        area: raw.area,
        effective: raw.effective,
        recordedAt: raw.recorded_at.toISOString(),
        evidence: raw.evidence,
      }) as PlanLine,
  );
}
