import type { Type } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Projection } from '#libs/projection/projection.js';
import { AnchorsHandler } from './audit-chain/anchors.handler.js';
import { ChainPointHandler } from './audit-chain/chain-point.handler.js';
import { auditChainProjection } from './audit-chain/projection.js';
import { ClosedYearsHandler } from './closings/closed-years.handler.js';
import { closingsProjection } from './closings/projection.js';
import { CircularHandler, CircularsHandler } from './evaluations/circulars.handlers.js';
import { EvaluationHandler, EvaluationsHandler } from './evaluations/evaluations.handlers.js';
import { SheetHandler } from './evaluations/sheet.handler.js';
import { evaluationsProjection } from './evaluations/projection.js';
import { PlanDocumentsHandler } from './fund-plans/plan-documents.handler.js';
import { fundPlansProjection } from './fund-plans/projection.js';
import { CompareRuleSetsHandler } from './findings/compare-rule-sets.handler.js';
import { RuleSetHandler, RuleSetsHandler } from './findings/rule-sets.handler.js';
import { FindingCountsHandler } from './findings/finding-counts.handler.js';
import { FindingHandler } from './findings/finding.handler.js';
import { FindingsHandler } from './findings/findings.handler.js';
import { findingsProjection } from './findings/projection.js';
import { IndicatorComparisonHandler } from './indicators/indicator-comparison.handler.js';
import { IndicatorsHandler } from './indicators/indicators.handler.js';
import { ImportReportHandler } from './imports/import-report.handler.js';
import { ImportsHandler } from './imports/imports.handler.js';
import { importsProjection } from './imports/projection.js';
import { AccountBalancesHandler } from './ledger/account-balances.handler.js';
import { LedgerEntriesHandler } from './ledger/ledger-entries.handler.js';
import { LedgerHandler } from './ledger/ledger.handler.js';
import { LedgerProjectsHandler } from './ledger/ledger-projects.handler.js';
import { ledgerProjection } from './ledger/projection.js';
import { AgeingHandler } from './lots/ageing.handler.js';
import { IdleLotsHandler } from './lots/idle-lots.handler.js';
import { PaymentTraceHandler } from './lots/payment-trace.handler.js';
import { PlanDocumentTraceHandler } from './lots/plan-document-trace.handler.js';
import { OverviewHandler } from './overview/overview.handler.js';
import { PlanTargetsHandler } from './plans/plan-targets.handler.js';
import { PlanBreakdownHandler } from './plans/plan-breakdown.handler.js';
import { PlanTasksHandler } from './plans/plan-tasks.handler.js';
import { PlanHandler } from './plans/plan.handler.js';
import { PlanYearsHandler } from './plans/plan-years.handler.js';
import { PlansHandler } from './plans/plans.handler.js';
import { TrajectoryHandler } from './plans/trajectory.handler.js';
import { plansProjection } from './plans/projection.js';
import { ReallocationsHandler } from './reallocations/reallocations.handler.js';
import { LatestComparisonHandler } from './reconciliations/latest-comparison.handler.js';
import { LedgerSideHandler } from './reconciliations/ledger-side.handler.js';
import { reconciliationsProjection } from './reconciliations/projection.js';
import { ReconciliationHandler } from './reconciliations/reconciliation.handler.js';
import { ReconciliationsHandler } from './reconciliations/reconciliations.handler.js';
import { AnnualListHandler } from './register/annual-list.handler.js';
import { ListProjectsHandler } from './register/list-projects.handler.js';
import { PoolHandler } from './register/pool.handler.js';
import { ProjectIdentitiesHandler } from './register/project-identities.handler.js';
import { ProjectHandler } from './register/project.handler.js';
import { ProjectTotalsHandler } from './register/project-totals.handler.js';
import { ProjectWindowHandler } from './register/project-window.handler.js';
import { RegionsInUseHandler } from './register/regions-in-use.handler.js';
import { registerProjection } from './register/projection.js';
import { RegisterProject, RegisterVersion } from './register/register-project.entity.js';
import { statisticsProjection } from './statistics/projection.js';
import { RecordedStatisticsHandler } from './statistics/recorded-statistics.handler.js';
import { StatisticsStepsHandler } from './statistics/statistics-steps.handler.js';
import { StatisticsReportsHandler } from './statistics/statistics-reports.handler.js';
import { EventsBetweenHandler } from './timeline/events-between.handler.js';
import { EventsByIdHandler } from './timeline/events-by-id.handler.js';
import { ProjectEventsHandler } from './timeline/project-events.handler.js';
import { timelineProjection } from './timeline/projection.js';
import { TimelineEvent } from './timeline/timeline-event.entity.js';
import { yearlyCountsProjection } from './yearly-counts/projection.js';
import { YearlyCountEntriesHandler } from './yearly-counts/yearly-count-entries.handler.js';
import { YearlyCountsHandler } from './yearly-counts/yearly-counts.handler.js';

/** Every read model's writing side: what the projection runner runs. */
export const PROJECTIONS: readonly Projection[] = [
  registerProjection,
  timelineProjection,
  ledgerProjection,
  yearlyCountsProjection,
  fundPlansProjection,
  importsProjection,
  findingsProjection,
  closingsProjection,
  reconciliationsProjection,
  evaluationsProjection,
  auditChainProjection,
  statisticsProjection,
  plansProjection,
];

/** What TypeORM needs to know to read them: for `openDatabase`. */
export const READ_MODEL_ENTITIES: (new () => object)[] = [RegisterProject, RegisterVersion, TimelineEvent];

/** Providers for the Nest module; each asks for the `DataSource` of the database that the runner writes. */
export const QUERY_HANDLERS: Type<IQueryHandler>[] = [
  ListProjectsHandler,
  ProjectHandler,
  ProjectTotalsHandler,
  ProjectWindowHandler,
  RegionsInUseHandler,
  PoolHandler,
  AnnualListHandler,
  ProjectIdentitiesHandler,
  ProjectEventsHandler,
  EventsByIdHandler,
  EventsBetweenHandler,
  LedgerHandler,
  LedgerProjectsHandler,
  LedgerEntriesHandler,
  AccountBalancesHandler,
  PlanDocumentsHandler,
  PaymentTraceHandler,
  ReallocationsHandler,
  PlanDocumentTraceHandler,
  AgeingHandler,
  IdleLotsHandler,
  OverviewHandler,
  YearlyCountsHandler,
  YearlyCountEntriesHandler,
  IndicatorsHandler,
  IndicatorComparisonHandler,
  PlansHandler,
  PlanHandler,
  PlanTargetsHandler,
  PlanBreakdownHandler,
  PlanTasksHandler,
  PlanYearsHandler,
  TrajectoryHandler,
  ImportReportHandler,
  ImportsHandler,
  FindingsHandler,
  FindingCountsHandler,
  FindingHandler,
  RuleSetsHandler,
  RuleSetHandler,
  CompareRuleSetsHandler,
  ClosedYearsHandler,
  LatestComparisonHandler,
  LedgerSideHandler,
  ReconciliationHandler,
  ReconciliationsHandler,
  ChainPointHandler,
  AnchorsHandler,
  EvaluationsHandler,
  EvaluationHandler,
  SheetHandler,
  CircularsHandler,
  CircularHandler,
  StatisticsReportsHandler,
  StatisticsStepsHandler,
  RecordedStatisticsHandler,
];
