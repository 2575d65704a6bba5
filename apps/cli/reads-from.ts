import type { Type } from '@nestjs/common';
import type { Query } from '@nestjs/cqrs';
import type { Projection } from '#libs/projection/projection.js';
import { evaluationsProjection } from '#libs/read-models/evaluations/projection.js';
import { CircularsQuery, EvaluationQuery, EvaluationsQuery } from '#libs/read-models/evaluations/queries.js';
import { findingsProjection } from '#libs/read-models/findings/projection.js';
import { FindingsQuery } from '#libs/read-models/findings/queries.js';
import {
  CompareRuleSetsQuery,
  RuleSetQuery,
  RuleSetsQuery,
} from '#libs/read-models/findings/rule-set-queries.js';
import { fundPlansProjection } from '#libs/read-models/fund-plans/projection.js';
import { PlanDocumentsQuery } from '#libs/read-models/fund-plans/queries.js';
import { importsProjection } from '#libs/read-models/imports/projection.js';
import { ImportsQuery } from '#libs/read-models/imports/queries.js';
import { INDICATOR_PROJECTIONS } from '#libs/read-models/indicators/projections.js';
import { IndicatorsQuery } from '#libs/read-models/indicators/queries.js';
import { AccountBalancesQuery } from '#libs/read-models/ledger/account-queries.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { LedgerEntriesQuery, LedgerQuery } from '#libs/read-models/ledger/queries.js';
import { AgeingQuery, PaymentTraceQuery, PlanDocumentTraceQuery } from '#libs/read-models/lots/queries.js';
import { plansProjection } from '#libs/read-models/plans/projection.js';
import {
  PlanBreakdownQuery,
  PlansQuery,
  PlanTargetsQuery,
  PlanTasksQuery,
  PlanYearsQuery,
  TrajectoryQuery,
} from '#libs/read-models/plans/queries.js';
import { PROJECTIONS } from '#libs/read-models/read-models.js';
import { ReallocationsQuery } from '#libs/read-models/reallocations/queries.js';
import { registerProjection } from '#libs/read-models/register/projection.js';
import { ListProjectsQuery, ProjectIdentitiesQuery } from '#libs/read-models/register/queries.js';
import { statisticsProjection } from '#libs/read-models/statistics/projection.js';
import { RecordedStatisticsQuery, StatisticsReportsQuery } from '#libs/read-models/statistics/queries.js';
import { timelineProjection } from '#libs/read-models/timeline/projection.js';
import { ProjectEventsQuery } from '#libs/read-models/timeline/queries.js';
import { yearlyCountsProjection } from '#libs/read-models/yearly-counts/projection.js';
import { YearlyCountsQuery } from '#libs/read-models/yearly-counts/queries.js';

/** The tables that the queries of the command line read, as `WaitsFor` says it of those of the API. */
const READS_FROM = new Map<unknown, readonly Projection[]>([
  ...of([registerProjection], ListProjectsQuery, ProjectIdentitiesQuery),
  ...of([timelineProjection], ProjectEventsQuery),
  ...of([ledgerProjection], LedgerQuery, LedgerEntriesQuery, AccountBalancesQuery, AgeingQuery),
  ...of([ledgerProjection, timelineProjection], ReallocationsQuery),
  ...of(
    [ledgerProjection, timelineProjection, fundPlansProjection],
    PaymentTraceQuery,
    PlanDocumentTraceQuery,
  ),
  ...of([fundPlansProjection], PlanDocumentsQuery),
  ...of([yearlyCountsProjection, plansProjection], YearlyCountsQuery),
  ...of([importsProjection], ImportsQuery),
  ...of([findingsProjection], FindingsQuery, RuleSetsQuery, RuleSetQuery, CompareRuleSetsQuery),
  ...of([plansProjection], PlansQuery, PlanBreakdownQuery),
  ...of(
    INDICATOR_PROJECTIONS,
    IndicatorsQuery,
    PlanTargetsQuery,
    PlanYearsQuery,
    PlanTasksQuery,
    TrajectoryQuery,
  ),
  ...of([statisticsProjection], StatisticsReportsQuery),
  ...of([statisticsProjection, plansProjection, yearlyCountsProjection], RecordedStatisticsQuery),
  // Two evaluations are compared with the events between them at hand, which the timeline has.
  ...of([evaluationsProjection, timelineProjection], EvaluationQuery),
  ...of([evaluationsProjection], EvaluationsQuery, CircularsQuery),
]);

function of(projections: readonly Projection[], ...queries: Type[]): [Type, readonly Projection[]][] {
  return queries.map((query) => [query, projections]);
}

/** Names of the projections whose tables a query reads: all where it is not said. */
export function readsFrom(query: Query<unknown>): string[] {
  return (READS_FROM.get(query.constructor) ?? PROJECTIONS).map(({ name }) => name);
}
