import type { ClientBase } from 'pg';
import { earliestDay } from '#libs/kernel/partial-date.js';
import { regionContains, type RegionCode } from '#libs/kernel/regions.js';
import type { PlanDossier } from '#libs/findings/domain/plan.js';
import type { RegionYear } from '#libs/findings/domain/region-year.js';
import { PLAN_RULES, REGION_RULES } from '#libs/findings/domain/rules/rules.js';
import { supplyOf } from '#libs/findings/domain/supply.js';
import { t4 } from '#libs/findings/domain/rules/t4-list-against-text.js';
import type { PlanFigures } from '#libs/plans/domain/contradictions/contradiction.js';
import type { RecordedPlanEvent } from '#libs/plans/domain/recorded-event.js';
import { partsOfId, type RecordedStatisticsEvent } from '#libs/statistics/domain/events.js';
import type { Moment, Sayings } from './finding-book.js';
import type { Happened } from './moments.js';
import { figuresOf, headOf, PlanShelf, regionsIn, type ShelvedPlan } from './plan-shelf.js';
import { regionYear } from './region-year.js';
import { checkedOf, StatisticsShelf, yearOfReport, type ShelvedYear } from './statistics-shelf.js';
import type { RuleBook } from './rule-book.js';
import type { Bench, BenchOfADay, SupplyChange } from './subject-judge.js';
import { SupplyBook } from './supply-book.js';

export type Happening = Happened &
  (
    | { what: 'plan'; event: RecordedPlanEvent }
    | { what: 'statistics'; event: RecordedStatisticsEvent }
    | ({ what: 'supply' } & SupplyChange)
  );

const LIST_RULES = [t4];

interface Voice {
  book: Sayings;
  rules: RuleBook;
}

/** Takes what happened to plans, statistics and the supply of projects, and judges whom it concerns. */
export class FiguresDesk {
  /** Which rules the plans touched are judged by. */
  private readonly plansTouched = new Map<ShelvedPlan, typeof PLAN_RULES>();
  private readonly yearsTouched = new Set<ShelvedYear>();
  /** What plans say, until one of them says something else. */
  private readonly dossiers = new Map<ShelvedPlan, PlanDossier>();
  private readonly figures = new Map<RegionCode, PlanFigures>();

  private constructor(
    private readonly voice: Voice,
    private readonly plans: PlanShelf,
    private readonly statistics: StatisticsShelf,
    private readonly supply: SupplyBook,
  ) {}

  /** @param regions to be judged whatever happened */
  static async open(
    bench: Bench,
    happenings: readonly Happening[],
    regions: readonly RegionCode[] = [],
  ): Promise<FiguresDesk> {
    const { client, book } = bench;
    const changes = happenings.filter((each) => each.what === 'supply');
    const ids = happenings.flatMap((each) => (each.what === 'plan' ? [each.event.planId] : []));
    const asked = [...new Set([...regions, ...happenings.flatMap(divisionsOf)])];
    const beside = ids.length > 0 || regions.length > 0;
    const plans = await PlanShelf.open(client, [...new Set(ids)], asked, beside);
    const statistics = await StatisticsShelf.open(client, asked);
    const subjects = [...plans.concerned, ...statistics.years.values()].map(({ region }) => region);
    const supply = await SupplyBook.open(client, changes, [...subjects, ...happenings.flatMap(subjectOf)]);
    await book.load([...plans.plans.keys(), ...statistics.years.keys()]);
    return new FiguresDesk(bench, plans, statistics, supply);
  }

  /** The figures of these regions as they were known and effective then; nothing is to be written. */
  static async ofADay(bench: BenchOfADay, regions: readonly RegionCode[]): Promise<FiguresDesk> {
    const { reader, asked } = bench;
    const plans = await PlanShelf.open(reader, [], regions, true, asked);
    const statistics = await StatisticsShelf.open(reader, regions, asked);
    const supply = SupplyBook.of((await bench.projects()).map(({ dossier }) => supplyOf(dossier)));
    return new FiguresDesk(bench, plans, statistics, supply);
  }

  take(happening: Happening): void {
    if (happening.what === 'plan') this.takePlan(happening.event);
    else if (happening.what === 'supply') this.takeSupply(happening);
    else {
      const year = yearOfReport(happening.event);
      if (year !== undefined) this.yearsTouched.add(this.statistics.take(happening.event, year));
    }
  }

  /** @param region default: everywhere */
  touchAllIn(region?: RegionCode): void {
    const isIn = (own: RegionCode) => region === undefined || regionContains(region, own);
    for (const plan of this.plans.concerned) if (isIn(plan.region)) this.plansTouched.set(plan, PLAN_RULES);
    for (const year of this.statistics.years.values()) if (isIn(year.region)) this.yearsTouched.add(year);
  }

  /** @param at default: of each subject, when the last of its own figures became known */
  judge(at?: Moment): void {
    const { book, rules } = this.voice;
    for (const [plan, judging] of this.plansTouched) {
      const head = headOf(plan);
      if (!head) continue;
      const moment = at ?? momentOf(plan.entries.at(-1)!.knownAt);
      const regions = [plan.region];
      book.show({ id: plan.id, kind: 'plan', name: head.title, category: null, regions }, moment);
      const timetable = rules.timetableFor(regions);
      const dossier = this.dossierOf(plan, head.since);
      for (const rule of judging)
        book.say(plan.id, rule.id, timetable.admit(rule, rule.evaluate(dossier)), moment);
    }
    for (const shelved of this.yearsTouched) {
      const { region, year, knownAt } = shelved;
      const moment = at ?? momentOf(knownAt);
      const subject = regionYear(region, year);
      book.show(subject, moment);
      const timetable = rules.timetableFor([region]);
      const dossier = this.regionYearOf(shelved);
      for (const rule of REGION_RULES)
        book.say(subject.id, rule.id, timetable.admit(rule, rule.evaluate(dossier, timetable)), moment);
    }
    this.plansTouched.clear();
    this.yearsTouched.clear();
  }

  async write(client: ClientBase): Promise<void> {
    for (const part of [this.plans, this.statistics, this.supply]) await part.write(client);
  }

  /** A figure concerns its own plan, the plans that promise or divide something of the same division, and its years. */
  private takePlan(event: RecordedPlanEvent): void {
    this.plans.take(event);
    this.dossiers.clear();
    this.figures.clear();
    const regions = regionsIn(event);
    for (const plan of this.plans.concerned) {
      const speaks = plan.entries.some((entry) => regionsIn(entry).some((each) => regions.includes(each)));
      if (plan.id === event.planId || speaks) this.plansTouched.set(plan, PLAN_RULES);
    }
    for (const year of this.statistics.years.values()) {
      if (regions.includes(year.region)) this.yearsTouched.add(year);
    }
  }

  private takeSupply(change: SupplyChange): void {
    this.supply.change(change);
    const { before, after } = change;
    const concerns = (region: RegionCode) =>
      [...before.regions, ...after.regions].some((each) => regionContains(region, each));
    for (const plan of this.plans.concerned) {
      if (plan.area !== null || this.plansTouched.has(plan) || !concerns(plan.region)) continue;
      this.plansTouched.set(plan, LIST_RULES);
    }
    if (![...before.parts, ...after.parts].some(({ what }) => what === 'moved')) return;
    for (const year of this.statistics.years.values()) {
      if (concerns(year.region)) this.yearsTouched.add(year);
    }
  }

  private dossierOf(plan: ShelvedPlan, since: string): PlanDossier {
    const known = this.dossiers.get(plan);
    if (known) return known;
    const { id: planId, region, area, entries } = plan;
    const own = new Set(entries.flatMap(regionsIn));
    const others = area === null ? this.entriesAbout((each, about) => each !== plan && own.has(about)) : [];
    const all = [...entries, ...others];
    const days = new Map(all.map(({ eventId, effective }) => [eventId, earliestDay(effective)]));
    const figures = { ...figuresOf(entries), others: figuresOf(others).targets };
    const dossier: PlanDossier = {
      planId,
      region,
      isArea: area !== null,
      figures,
      days,
      since,
      listed: ({ capacity, baseline, target }) => {
        const moved = this.supply.moved(region, capacity, baseline.data.year!, Number.MAX_SAFE_INTEGER);
        const coming = this.supply.coming(region, capacity, target.data.year!);
        const { low: net, unscoped } = moved;
        const { low, high, unknown: unknownProjects } = coming;
        const events = [...moved.events, ...coming.events];
        return { net, unscoped, coming: { low, high, unknownProjects }, events };
      },
    };
    this.dossiers.set(plan, dossier);
    return dossier;
  }

  private regionYearOf(shelved: ShelvedYear): RegionYear {
    const { region, year, explanations } = shelved;
    const figures = this.figures.get(region) ?? figuresOf(this.entriesAbout((_, about) => about === region));
    this.figures.set(region, figures);
    return {
      region,
      year,
      checked: checkedOf(shelved),
      explanations,
      figures,
      moved: (capacity, after, until) => this.supply.moved(region, capacity, after, until),
    };
  }

  /** Figures of areas without a code stand under a larger division and are not about it. */
  private entriesAbout(wanted: (plan: ShelvedPlan, region: RegionCode) => boolean) {
    return [...this.plans.plans.values()]
      .filter(({ area }) => area === null)
      .flatMap((plan) =>
        plan.entries.filter(
          ({ type, data }) => type !== 'PlanAdopted' && 'region' in data && wanted(plan, data.region),
        ),
      )
      .sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}

const momentOf = (recordedAt: string): Moment => ({ position: '', recordedAt });

/** The divisions whose plans and statistics an event may concern: those it speaks of and all around them. */
function divisionsOf(happening: Happening): RegionCode[] {
  return spokenOf(happening).flatMap((code) => [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]);
}

/** The division that an event makes a subject of. */
function subjectOf(happening: Happening): RegionCode[] {
  return happening.what === 'supply' ? [] : spokenOf(happening).slice(0, 1);
}

function spokenOf(happening: Happening): RegionCode[] {
  if (happening.what === 'supply') return [...happening.before.regions, ...happening.after.regions];
  if (happening.what === 'statistics') return [partsOfId(happening.event.streamId).region];
  return [happening.event.planId.slice(0, 6), ...regionsIn(happening.event)];
}
