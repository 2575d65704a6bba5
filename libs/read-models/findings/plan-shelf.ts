import type { ClientBase } from 'pg';
import { earliestDay } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { PlanFigures } from '#libs/plans/domain/contradictions/contradiction.js';
import type { PlanEvent } from '#libs/plans/domain/events.js';
import { readPlanId } from '#libs/plans/domain/plan-id.js';
import type { RecordedPlanEvent } from '#libs/plans/domain/recorded-event.js';
import { asOfParameters } from '../as-of.js';
import { copyLine, copyRows } from '../copy.js';
import type { Reader } from '../one-state.js';
import type { AsOf } from '../views.js';
import { asOfFact, lastDayOf } from './judging.js';

/** What rules look at of a plan. */
const KEPT = [
  'PlanAdopted',
  'PlanDetailsRevised',
  'BaselineRecorded',
  'PopulationRecorded',
  'TargetSet',
  'CountySharesSet',
] as const satisfies readonly PlanEvent['type'][];
type KeptEvent = Extract<PlanEvent, { type: (typeof KEPT)[number] }>;

export type PlanEntryLine = KeptEvent & {
  eventId: string;
  position: string;
  knownAt: string;
  effective: string;
};

export interface ShelvedPlan {
  id: string;
  region: RegionCode;
  area: string | null;
  /** That stand, in the order recorded. */
  entries: PlanEntryLine[];
}

const COLUMNS = [
  'event_id',
  'position',
  'known_at',
  'effective_to',
  'reverses',
  'type',
  'plan_id',
  'plan_region',
  'area',
  'region',
  'effective',
  'data',
] as const;
/** Whole plans, as they stood then: those named, and those that are of or say something about one of the divisions. */
const PLANS = `
  select event_id as "eventId", position, known_at as "knownAt", type, plan_id as "planId",
    plan_region as "planRegion", area, effective, data
  from finding_plan_entry e
  where reverses is null and ${asOfFact('e')}
    and not exists (select from finding_plan_entry r where r.reverses = e.event_id and ${asOfFact('r')})
    and plan_id in (
      select plan_id from finding_plan_entry
      where plan_id = any($3::text[]) or region = any($4::text[]) or plan_region = any($4::text[]))
  order by position`;
const IN_REGION =
  'select distinct plan_region as region from finding_plan_entry where starts_with(plan_region, $1)';

/** The plans that a batch is about, as they stand event by event. */
export class PlanShelf {
  readonly plans = new Map<string, ShelvedPlan>();
  /** Those of the plans that may be judged; the others only stand beside them. */
  readonly concerned = new Set<ShelvedPlan>();
  private readonly added: RecordedPlanEvent[] = [];

  private constructor(
    private readonly reader: Reader,
    private readonly asOf: AsOf,
  ) {}

  /**
   * @param regions divisions whose plans are asked about
   * @param beside whether what other plans say about the divisions that those speak of is asked about too
   * @param asOf what was known and effective then; default: all
   */
  static async open(
    reader: Reader,
    ids: readonly string[],
    regions: readonly RegionCode[],
    beside: boolean,
    asOf: AsOf = {},
  ): Promise<PlanShelf> {
    const shelf = new PlanShelf(reader, asOf);
    await shelf.load(ids, regions);
    for (const plan of shelf.plans.values()) shelf.concerned.add(plan);
    if (beside) {
      const spoken = [...shelf.plans.values()].flatMap(({ entries }) => entries.flatMap(regionsIn));
      await shelf.load([], [...regions, ...spoken]);
    }
    return shelf;
  }

  /** The divisions inside one that have a plan. */
  static async regionsWithPlans(reader: Reader, prefix: string): Promise<RegionCode[]> {
    const { rows } = await reader.query<{ region: string }>(IN_REGION, [prefix]);
    return rows.map(({ region }) => region);
  }

  take(event: RecordedPlanEvent): void {
    const { region = '', area = null } = readPlanId(event.planId) ?? {};
    const plan = this.planOf(event.planId, region, area);
    this.concerned.add(plan);
    if (event.type === 'EntryReversed') {
      const { id } = event.data.reversed;
      plan.entries = plan.entries.filter(({ eventId }) => eventId !== id);
      this.added.push(event);
      return;
    }
    if (!(KEPT as readonly string[]).includes(event.type)) return;
    const { id: eventId, position, envelope, effectiveDate: effective, type, data } = event;
    const knownAt = envelope.recordedAt;
    plan.entries.push({ eventId, position, knownAt, effective, type, data } as PlanEntryLine);
    this.added.push(event);
  }

  async write(client: ClientBase): Promise<void> {
    await copyRows(client, 'finding_plan_entry', COLUMNS, this.added.map(lineOf).join(''));
  }

  private async load(ids: readonly string[], regions: readonly RegionCode[]): Promise<void> {
    const known = new Set(this.plans.keys());
    const { rows } = await this.reader.query<
      Omit<PlanEntryLine, 'knownAt'> & {
        knownAt: Date;
        planId: string;
        planRegion: string;
        area: string | null;
      }
    >(PLANS, [...asOfParameters(this.asOf), [...ids], [...new Set(regions)]]);
    for (const { planId, planRegion, area, knownAt, ...entry } of rows) {
      if (known.has(planId)) continue;
      const line = { ...entry, knownAt: knownAt.toISOString() } as PlanEntryLine;
      this.planOf(planId, planRegion, area).entries.push(line);
    }
  }

  private planOf(id: string, region: RegionCode, area: string | null): ShelvedPlan {
    let plan = this.plans.get(id);
    if (!plan) this.plans.set(id, (plan = { id, region, area, entries: [] }));
    return plan;
  }
}

function lineOf(event: RecordedPlanEvent): string {
  const { id, position, envelope, type, planId, effectiveDate, data } = event;
  const { region = '', area = null } = readPlanId(planId) ?? {};
  const about = type !== 'PlanAdopted' && 'region' in data ? data.region : null;
  const reversed = event.type === 'EntryReversed' ? event.data.reversed : undefined;
  const effectiveTo = lastDayOf(effectiveDate, reversed?.effectiveDate);
  const stamp = [id, position, envelope.recordedAt, effectiveTo, reversed?.id ?? null];
  return copyLine([...stamp, type, planId, region, area, about, effectiveDate, JSON.stringify(data)]);
}

/** The divisions that an event speaks of: of a reversal, those of what it takes back. */
export function regionsIn(event: Pick<RecordedPlanEvent, 'data'>): RegionCode[] {
  const { data } = event;
  if ('reversed' in data) return regionsIn({ data: data.reversed.data as RecordedPlanEvent['data'] });
  return [
    ...('region' in data ? [data.region] : []),
    ...('shares' in data ? data.shares.map(({ region }) => region) : []),
  ];
}

const ofType = <T extends KeptEvent['type']>(entries: readonly PlanEntryLine[], type: T) =>
  entries.filter((entry): entry is PlanEntryLine & { type: T } => entry.type === type);

/** What rules look at of these entries, which may be of several plans. */
export const figuresOf = (entries: readonly PlanEntryLine[]): PlanFigures => ({
  targets: ofType(entries, 'TargetSet'),
  baselines: ofType(entries, 'BaselineRecorded'),
  populations: ofType(entries, 'PopulationRecorded'),
  shares: ofType(entries, 'CountySharesSet'),
});

/** How the plan is called now and since when it is there; undefined of one that is not adopted. */
export function headOf({ entries }: ShelvedPlan): { title: string; since: string } | undefined {
  const [adopted] = ofType(entries, 'PlanAdopted');
  if (!adopted) return undefined;
  const revised = ofType(entries, 'PlanDetailsRevised').at(-1)?.data.after;
  return { title: (revised ?? adopted.data).title, since: earliestDay(adopted.effective) };
}
