import type { TSchema } from 'typebox';
import {
  AmountInputShape,
  LivenessShape,
  ProblemShape,
  ProjectionStatusesShape,
  ReadinessShape,
  RecordedShape,
} from './common.js';
import { AnchorPage, ChainHeadShape } from './audit-chain.js';
import { ReconciliationPage, ReconciliationReportShape, ReconciliationShape } from './reconciliations.js';
import { ClosedYearsShape, YearClosingShape } from './closings.js';
import {
  CircularDraftShape,
  CircularPage,
  CircularShape,
  CircularTextShape,
  EvaluationDifferencePage,
  EvaluationPage,
  EvaluationShape,
  IssuedCircularShape,
  ScoredEvaluationShape,
  SealedEvaluationShape,
  YearOnYearShape,
} from './evaluations.js';
import {
  RuleSetAdoptedShape,
  RuleSetAdoptionsShape,
  RuleSetComparisonShape,
  RuleSetShape,
} from './rule-sets.js';
import { FindingCountsShape, FindingDetailShape, FindingPage, HandlingRecordedShape } from './findings.js';
import { LedgerEntryPage, LedgerShape, YearlyCountEntryPage, YearlyCountsShape } from './figures.js';
import { ImportProgressShape, ImportReportShape, RecordedImportShape } from './imports.js';
import {
  IndicatorReportShape,
  PlanDetailShape,
  PlanImportReportShape,
  PlanPage,
  PlanTargetsShape,
  PlanTaskPage,
  TrajectoryShape,
} from './plans.js';
import {
  AnnualListShape,
  PoolPage,
  ProjectDetailShape,
  ProjectPage,
  ProjectTotalsShape,
  ProjectWindowShape,
  RegionsShape,
  TimelinePage,
} from './projects.js';
import { RecordedStatisticsShape, StatisticsRecordedShape, StatisticsReportsShape } from './statistics.js';
import {
  AgeingShape,
  IdleLotPage,
  IssuedPlanDocumentShape,
  ReallocationShape,
  PaymentTraceShape,
  PlanDocumentPage,
  PlanDocumentTraceShape,
} from './tracing.js';

/** Every schema that answers refer to, by its name in the OpenAPI document. */
export const ANSWERS = {
  AmountInput: AmountInputShape,
  Problem: ProblemShape,
  Recorded: RecordedShape,
  ProjectPage,
  ProjectWindow: ProjectWindowShape,
  ProjectTotals: ProjectTotalsShape,
  Regions: RegionsShape,
  ProjectDetail: ProjectDetailShape,
  TimelinePage,
  PoolPage,
  AnnualList: AnnualListShape,
  Ledger: LedgerShape,
  LedgerEntryPage,
  IssuedPlanDocument: IssuedPlanDocumentShape,
  Reallocation: ReallocationShape,
  PlanDocumentPage,
  PlanDocumentTrace: PlanDocumentTraceShape,
  PaymentTrace: PaymentTraceShape,
  Ageing: AgeingShape,
  IdleLotPage,
  YearlyCounts: YearlyCountsShape,
  YearlyCountEntryPage,
  PlanImportReport: PlanImportReportShape,
  PlanPage,
  PlanDetail: PlanDetailShape,
  PlanTargets: PlanTargetsShape,
  Trajectory: TrajectoryShape,
  PlanTaskPage,
  IndicatorReport: IndicatorReportShape,
  FindingPage,
  FindingCounts: FindingCountsShape,
  FindingDetail: FindingDetailShape,
  HandlingRecorded: HandlingRecordedShape,
  RuleSetAdoptions: RuleSetAdoptionsShape,
  RuleSet: RuleSetShape,
  RuleSetAdopted: RuleSetAdoptedShape,
  RuleSetComparison: RuleSetComparisonShape,
  ImportReport: ImportReportShape,
  RecordedImport: RecordedImportShape,
  ImportProgress: ImportProgressShape,
  ReconciliationReport: ReconciliationReportShape,
  Reconciliation: ReconciliationShape,
  ReconciliationPage,
  YearClosing: YearClosingShape,
  ClosedYears: ClosedYearsShape,
  StatisticsRecorded: StatisticsRecordedShape,
  StatisticsReports: StatisticsReportsShape,
  RecordedStatistics: RecordedStatisticsShape,
  ChainHead: ChainHeadShape,
  AnchorPage,
  SealedEvaluation: SealedEvaluationShape,
  ScoredEvaluation: ScoredEvaluationShape,
  Evaluation: EvaluationShape,
  EvaluationPage,
  EvaluationDifferencePage,
  YearOnYear: YearOnYearShape,
  CircularDraft: CircularDraftShape,
  CircularText: CircularTextShape,
  IssuedCircular: IssuedCircularShape,
  Circular: CircularShape,
  CircularPage,
  ProjectionStatuses: ProjectionStatusesShape,
  Liveness: LivenessShape,
  Readiness: ReadinessShape,
} as const satisfies Record<string, TSchema>;

export type AnswerName = keyof typeof ANSWERS;
