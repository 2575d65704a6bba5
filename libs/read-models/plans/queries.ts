import type { RegionCode } from '#libs/kernel/regions.js';
import type { Contradiction } from '#libs/plans/domain/contradictions/contradiction.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import type { SharesBasis, TargetAttribute, TaskState } from '#libs/plans/domain/vocabulary.js';
import { INDICATOR_PROJECTIONS } from '../indicators/projections.js';
import type { ComputedValue, IndicatorPart } from '../indicators/queries.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled, RegionSet } from '../views.js';
import { plansProjection } from './projection.js';

/** A plan and how much is recorded of it. */
export interface PlanView {
  id: string;
  title: string;
  region: { code: RegionCode; name: string };
  /** Set where the plan is for an area without a division code of its own. */
  area: string | null;
  period: { from: number; to: number };
  documentNumber: string | null;
  authority: string | null;
  effectiveDate: string;
  note: string | null;
  baselines: number;
  populations: number;
  forecasts: number;
  targets: number;
  tasks: number;
  breakdowns: number;
}

/** Plans of the region or inside it, by id. @throws Refusal `asOf.unreadable`, `paging.…` */
export class PlansQuery extends ReadModelQuery<Page<PlanView>> {
  constructor(readonly params: AsOf & { region?: RegionCode } & PageRequest) {
    super(plansProjection);
  }
}

export const FIGURE_KINDS = { baseline: '基期', population: '人口', forecast: '预测' } as const;
export type FigureKind = keyof typeof FIGURE_KINDS;

/** A baseline, population or forecast as the plan prints it. */
export interface PlanFigure {
  eventId: string;
  kind: Labelled<FigureKind>;
  /** Of a population, what is counted: 常住人口. */
  indicator: string;
  printedName: string;
  region: { code: RegionCode; name: string };
  year: number | null;
  /** 485.84万人 */
  printed: string;
  document: string;
  locator: string;
  note: string | null;
}

export interface PlanDetail {
  plan: PlanView;
  /** In the order recorded. Targets, tasks and breakdowns are asked for on their own. */
  figures: PlanFigure[];
}

/** @throws Refusal `plan.notFound`, `asOf.unreadable` */
export class PlanQuery extends ReadModelQuery<PlanDetail> {
  constructor(readonly params: AsOf & { planId: string }) {
    super(plansProjection);
  }
}

export const VERDICTS = { reached: '已达到', missed: '未达到', open: '尚不能判断' } as const;
export type Verdict = keyof typeof VERDICTS;

/** A target as printed, beside what the indicator computes to. */
export interface TargetView {
  eventId: string;
  indicator: string;
  printedName: string;
  region: { code: RegionCode; name: string };
  /** null: the plan prints none. */
  year: number | null;
  /** ≥60% */
  printed: string;
  attribute: Labelled<TargetAttribute> | null;
  leadUnits: string[];
  document: string;
  locator: string;
  note: string | null;
  /** The computed value at the end of the target's year, or of this year where that is still to come; null: see `why`. */
  computed: (ComputedValue & { year: number }) | null;
  why: string | null;
  verdict: Labelled<Verdict>;
  /** Missed exactly, though the rounded value would reach it. */
  onlyRounded: boolean;
}

export interface PlanTargets {
  plan: PlanView;
  /** By year (those without one last), then in the order recorded. */
  targets: TargetView[];
  contradictions: Contradiction[];
  breakdowns: {
    eventId: string;
    indicator: string;
    year: number;
    unit: string;
    basis: Labelled<SharesBasis>;
    printedTotal: string | null;
    shares: { region: { code: RegionCode; name: string }; printed: string }[];
  }[];
}

/** @throws Refusal `plan.notFound`, `asOf.unreadable` */
export class PlanTargetsQuery extends ReadModelQuery<PlanTargets> {
  constructor(readonly params: AsOf & { planId: string; year?: number }) {
    super(...INDICATOR_PROJECTIONS);
  }
}

/** What projects will add: exact counts as low = high; those that print none are counted, not guessed. */
export interface Addition {
  low: number;
  high: number;
  unknownProjects: number;
  projects: number;
}

export interface TrajectoryTarget {
  eventId: string;
  year: number;
  printed: string;
  locator: string;
  attribute: Labelled<TargetAttribute> | null;
  /** The smallest whole number of places or beds that reaches it. */
  needed: string;
  /** needed − what there is now; zero where it is reached. Null: what there is now is not known exactly. */
  missing: string | null;
  /** What projects planned for use until that year will add. */
  planned: Addition;
  /** missing − planned, with the high end of the plans first; zero where it is covered. */
  stillMissing: { low: string; high: string } | null;
  /** What would have to come into use each year from now on, rounded up; null where the year is over. */
  perYear: string | null;
}

export interface Trajectory {
  plan: PlanView;
  /** `YYYY-MM-DD`: what is said is as of this day, and years to come are counted from its year. */
  day: string;
  indicator: { id: string; version: number; name: string; unit: string };
  /** What there is: the numerator at the end of the day's year, as far as it is known. */
  actual: IndicatorPart;
  denominator: IndicatorPart | null;
  value: ComputedValue | null;
  targets: TrajectoryTarget[];
  /** By planned year (null: none printed, last) and how far the projects are. */
  pipeline: (Addition & { year: number | null; stage: Labelled<PipelineStage> })[];
  /** By the divisions that projects stand in, with the county's share of the last target where there is one. */
  counties: (Addition & { region: RegionSet; share: string | null })[];
  contradictions: Contradiction[];
}

export const PIPELINE_STAGES = {
  accepted: '已验收待投用',
  underConstruction: '在建',
  pooled: '储备（未开工）',
} as const;
export type PipelineStage = keyof typeof PIPELINE_STAGES;

/** @throws Refusal `plan.notFound`, `indicators.unknown`, `indicators.noTrajectory`, `asOf.unreadable` */
export class TrajectoryQuery extends ReadModelQuery<Trajectory> {
  constructor(readonly params: AsOf & { planId: string; indicator: string }) {
    super(...INDICATOR_PROJECTIONS);
  }
}

export interface PlanTask {
  taskId: string;
  eventId: string;
  title: string;
  leadUnits: string[];
  supportingUnits: string[];
  wording: string | null;
  deadline: string | null;
  deliverable: string | null;
  indicator: string | null;
  document: string;
  locator: string;
  /** The deadline is over on the day asked about, and it is not known to be done. */
  overdue: boolean;
  /** Where its indicator has a target and is computed, that says it; else the last report; else nothing does. */
  status: {
    key: TaskState | 'unknown';
    label: string;
    from: 'indicator' | 'report' | 'none';
    explanation: string;
  };
  reports: {
    eventId: string;
    region: { code: RegionCode; name: string };
    state: TaskState;
    note: string;
    date: string;
  }[];
}

/** Task breakdown 任务分解 in the order recorded. @throws Refusal `plan.notFound`, `asOf.unreadable`, `paging.…` */
export class PlanTasksQuery extends ReadModelQuery<Page<PlanTask>> {
  constructor(readonly params: AsOf & { planId: string; unit?: string } & PageRequest) {
    super(...INDICATOR_PROJECTIONS);
  }
}

/** County shares and targets as recorded, for tables that are filed or filled in. */
export interface PlanBreakdown {
  plan: PlanView;
  shares: PlanEventData<'CountySharesSet'>[];
  targets: PlanEventData<'TargetSet'>[];
}

/** @throws Refusal `plan.notFound`, `asOf.unreadable` */
export class PlanBreakdownQuery extends ReadModelQuery<PlanBreakdown> {
  constructor(readonly params: AsOf & { planId: string }) {
    super(plansProjection);
  }
}

/** One year of an indicator: what the plan asks for, what there is, and by how much that changed. */
export interface PlanIndicatorYear {
  year: number;
  targets: {
    eventId: string;
    printed: string;
    locator: string;
    attribute: Labelled<TargetAttribute> | null;
    verdict: Labelled<Verdict>;
    onlyRounded: boolean;
  }[];
  /** At the end of the year, of this year so far; null: to come, or not known (`why`). */
  actual: ComputedValue | null;
  /** What the numerator rests on, in words. */
  explanation: string | null;
  why: string | null;
  /** actual − that of the year before, exact and printed with its sign; null unless both are known exactly. */
  change: { exact: string; printed: string } | null;
}

export interface PlanYears {
  plan: PlanView;
  /** From the year before the plan, or the first that has a target, to its last. */
  from: number;
  to: number;
  /** Those that are computed, in the order in which the plan prints their targets. */
  indicators: {
    indicator: { id: string; version: number; name: string; unit: string; direction: 'up' | 'down' };
    region: { code: RegionCode; name: string };
    years: PlanIndicatorYear[];
  }[];
}

/** Targets by year beside the actual years. @throws Refusal `plan.notFound`, `asOf.unreadable` */
export class PlanYearsQuery extends ReadModelQuery<PlanYears> {
  constructor(readonly params: AsOf & { planId: string }) {
    super(...INDICATOR_PROJECTIONS);
  }
}
