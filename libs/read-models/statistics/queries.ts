import type { RegionCode } from '#libs/kernel/regions.js';
import type { FigureScope } from '#libs/plans/domain/vocabulary.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { ReportStatus } from '#libs/statistics/domain/decider.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import type { Page, PageRequest } from '../paging.js';
import { plansProjection } from '../plans/projection.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { Labelled } from '../views.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';
import { statisticsProjection } from './projection.js';

/** One unit's report of one period, as it stood at the end of a day. */
export interface StatisticsReport {
  region: Labelled<RegionCode>;
  period: string;
  unit: string;
  figures: Labelled<FigureKey>[];
  deadline: string;
  status: Labelled<ReportStatus>;
  /** First submitted after the deadline. */
  late: boolean;
  /** The deadline is over and nothing is submitted, or what was returned has not come again. */
  missing: boolean;
  /** Of the first and of the last submission; null: none. */
  firstSubmittedOn: string | null;
  lastSubmittedOn: string | null;
  /** Of the last submission, null: none. */
  submissionId: string | null;
  /** Why it was given back, where it stands returned. */
  returnReason: string | null;
}

export interface ReportsFilter {
  /** With the divisions inside it. */
  region?: RegionCode;
  period?: string;
  /** Only those. */
  only?: 'late' | 'missing';
  /** `YYYY-MM-DD`, a day of China, inclusive. Default: today. */
  onDay?: string;
}

/** How many reports stand where; what is late may be checked too. */
export type ReportCounts = Record<ReportStatus | 'late' | 'missing', number>;

export interface StatisticsReports extends Page<StatisticsReport> {
  onDay: string;
  /** Over all pages. */
  counts: ReportCounts;
}

/**
 * Who has reported, who is late, whose report is missing; by region, period, and in the order of the opening.
 * @throws Refusal `paging.badCursor`, `paging.badLimit`
 */
export class StatisticsReportsQuery extends ReadModelQuery<StatisticsReports> {
  constructor(readonly params: ReportsFilter & PageRequest) {
    super(statisticsProjection);
  }
}

export const STATISTICS_STEPS = {
  StatisticsSubmitted: '上报',
  StatisticsChecked: '审核通过',
  StatisticsReturned: '退回',
  DifferenceExplained: '说明差异',
} as const;
export type StatisticsStepKind = keyof typeof STATISTICS_STEPS;

/** What was done about the reports of a period, in the words of whoever did it. */
export interface StatisticsStepView {
  eventId: string;
  position: string;
  kind: Labelled<StatisticsStepKind>;
  /** null where it is about a figure. */
  unit: string | null;
  actor: Actor;
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** Of a submission, as submitted, whether checked or not; else empty. Money in fen; null: reported as unknown. */
  figures: {
    figure: Labelled<FigureKey>;
    unit: string;
    value: string | null;
    source: string;
    documentNumber: string | null;
  }[];
  /** Note, opinion, reason or explanation. */
  said: string | null;
}

/** Every step of a region's reporting in the order recorded; none where it was never opened. */
export class StatisticsStepsQuery extends ReadModelQuery<StatisticsStepView[]> {
  constructor(readonly params: { region: RegionCode; period: string }) {
    super(statisticsProjection);
  }
}

/** A checked figure beside what projects add up to. */
export interface RecordedFigure {
  figure: Labelled<FigureKey>;
  unit: string;
  /** Whole number, fen for money; null: reported as unknown. */
  value: string | null;
  reportedBy: string;
  source: string;
  documentNumber: string | null;
  eventId: string;
  position: string;
}

/** A quantity as statistics report it beside what facilities add up to, in the one scope of both: as rule C3 compares them. */
export interface FigureComparison {
  /** 养老机构床位 and the like. */
  label: string;
  /** 口径. */
  scope: Labelled<FigureScope>;
  /** The recorded figures that are added up; null where one of them is not recorded or unknown. */
  recorded: string | null;
  figures: FigureKey[];
  /** At the end of the year: the baseline that a plan prints, and what projects brought and took away since. */
  derived: string;
  /** Beds that projects brought and that say no scope; they may be of this one and are counted for the ledger. */
  unscoped: string;
  /** recorded − derived − unscoped. */
  difference: string | null;
  /** Statistics say more than all facilities of the ledger have (C3). */
  exceeds: boolean;
  explanations: { explanation: string; eventId: string }[];
}

export interface RecordedStatistics {
  region: Labelled<RegionCode>;
  period: string;
  figures: RecordedFigure[];
  /** Only for a year; else empty. */
  comparisons: FigureComparison[];
}

/** The checked figures of a region and period, for a year beside what facilities add up to. */
export class RecordedStatisticsQuery extends ReadModelQuery<RecordedStatistics> {
  constructor(readonly params: { region: RegionCode; period: string }) {
    super(statisticsProjection, plansProjection, yearlyCountsProjection);
  }
}
