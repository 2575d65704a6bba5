import { regionContains, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { definitionOf } from '#libs/plans/domain/indicators/lookup.js';
import type { PlanEvent, PlanEventData } from '#libs/plans/domain/events.js';
import { readPlanId } from '#libs/plans/domain/plan-id.js';
import type { ReportedFigure, StatisticsEvent } from '#libs/statistics/domain/events.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';

/** The two figures of which the second is to be a share of the first. */
export const LOTTERY_FIGURES = [
  'lotteryFund',
  'lotteryForElderlyCare',
] as const satisfies readonly FigureKey[];
export type LotteryFigure = (typeof LOTTERY_FIGURES)[number];
const isLotteryFigure = (key: FigureKey): key is LotteryFigure =>
  (LOTTERY_FIGURES as readonly FigureKey[]).includes(key);

/** Something recorded of a region's annual statistics (`year` is its period), or of the plan `planId`. */
export type LotteryFact = { id: string } & (
  { region: RegionCode; year: number; event: StatisticsEvent } | { planId: string; event: PlanEvent }
);

/** What a plan asks of the share. */
export interface LotteryTarget {
  id: string;
  /** First year that it binds, and the last one: that of its plan. */
  from: number;
  to: number;
  data: PlanEventData<'TargetSet'>;
}

/** A figure that was checked by another person; null: its unit does not know it. */
export interface CheckedFigure {
  fen: bigint | null;
  /** Its submission and its check. */
  events: readonly string[];
}

/** The welfare-lottery fund of a region in a year, as the checked statistics and the plans have it. */
export interface LotteryYear {
  region: RegionCode;
  year: number;
  figures: Partial<Record<LotteryFigure, CheckedFigure>>;
  /** Targets that bind it: of the region's own plans, else of those of the nearest region around it that has any. */
  targets: readonly LotteryTarget[];
}

interface Report {
  submission: string;
  figures: readonly ReportedFigure[];
  checkedBy?: string;
}

/** What was recorded so far, folded in the order of the feed. */
export class LotteryRecord {
  private readonly reports = new Map<string, Map<string, Report>>();
  private readonly targets = new Map<string, LotteryTarget>();

  /** Returns the years of regions that it may change, `region-year`; a plan changes all inside its region. */
  add(fact: LotteryFact): string[] {
    if ('planId' in fact) return this.addToPlan(fact.planId, fact.event, fact.id);
    const { region, year, event, id } = fact;
    const subject = `${region}-${year}`;
    if (event.type === 'ReportingOpened') {
      const owed = event.data.duties.some(({ figures }) => figures.some(isLotteryFigure));
      if (owed) this.reports.set(subject, new Map());
      return owed ? [subject] : [];
    }
    const reports = this.reports.get(subject);
    if (!reports || !('unit' in event.data)) return [];
    const { unit } = event.data;
    const report = reports.get(unit);
    if (event.type === 'StatisticsSubmitted') {
      const figures = event.data.figures.filter(({ figure }) => isLotteryFigure(figure));
      if (figures.length === 0) return [];
      reports.set(unit, { submission: id, figures });
    } else if (report?.submission === event.data.submission) {
      const { submission, figures } = report;
      const checked = event.type === 'StatisticsChecked';
      reports.set(unit, { submission, figures, ...(checked && { checkedBy: id }) });
    } else return [];
    return [subject];
  }

  /** Every `region-year` of which the fund was to be reported. */
  subjects(): string[] {
    return [...this.reports.keys()];
  }

  year(subject: string): LotteryYear {
    const [region = '', year = ''] = subject.split('-');
    const figures: LotteryYear['figures'] = {};
    for (const { submission, figures: said, checkedBy } of this.reports.get(subject)?.values() ?? []) {
      if (checkedBy === undefined) continue;
      for (const { figure, value } of said) {
        const fen = value === null ? null : BigInt(value);
        if (isLotteryFigure(figure)) figures[figure] = { fen, events: [submission, checkedBy] };
      }
    }
    return { region, year: Number(year), figures, targets: this.targetsOf(region, Number(year)) };
  }

  private addToPlan(planId: string, event: PlanEvent, id: string): string[] {
    if (event.type === 'EntryReversed') {
      const before = this.targets.get(event.data.reversed.id);
      this.targets.delete(event.data.reversed.id);
      return before ? this.subjectsIn(before.data.region) : [];
    }
    // An area without a code of its own is not the division that contains it.
    const plan = readPlanId(planId);
    if (event.type !== 'TargetSet' || !plan || plan.area !== undefined) return [];
    const { data } = event;
    if (!asksForLotteryShare(data)) return [];
    this.targets.set(id, { id, from: data.year ?? plan.period.from, to: plan.period.to, data });
    return this.subjectsIn(data.region);
  }

  private subjectsIn(region: RegionCode): string[] {
    return this.subjects().filter((subject) => regionContains(region, subject));
  }

  private targetsOf(region: RegionCode, year: number): LotteryTarget[] {
    const binding = [...this.targets.values()].filter(
      ({ from, to, data }) => from <= year && year <= to && regionContains(data.region, region),
    );
    const near = ({ data }: LotteryTarget): number => regionPrefix(data.region).length;
    const nearest = Math.max(...binding.map(near));
    const since = Math.max(...binding.filter((target) => near(target) === nearest).map(({ from }) => from));
    return binding.filter((target) => near(target) === nearest && target.from === since);
  }
}

export const asksForLotteryShare = ({ indicator, value }: PlanEventData<'TargetSet'>): boolean =>
  definitionOf(indicator)?.id === 'lotteryShare' && value.kind !== 'unknown';
