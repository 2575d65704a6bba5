import { Module, type DynamicModule } from '@nestjs/common';
import { AuditChainController } from './audit-chain/audit-chain.controller.js';
import { CircularsController } from './circulars/circulars.controller.js';
import { CarryForwardsController } from './closings/carry-forwards.controller.js';
import { YearClosingsController } from './closings/year-closings.controller.js';
import { DocsController } from './docs/docs.controller.js';
import { OpenApiHolder } from './docs/openapi-holder.js';
import { factController } from './facts/fact-controller.js';
import { FACTS } from './facts/fact-table.js';
import { FactWriter } from './facts/fact-writer.js';
import { ReallocationsController } from './facts/reallocations.controller.js';
import { PoolEntryController } from './facts/pool-entry.controller.js';
import { ReconciliationsController } from './reconciliations/reconciliations.controller.js';
import { CapabilitySheetController } from './evaluations/capability-sheet.controller.js';
import { EvaluationsController } from './evaluations/evaluations.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { PlanExportsController } from './exports/plan-exports.controller.js';
import { ProjectExportsController } from './exports/project-exports.controller.js';
import { FindingStepsController } from './findings/finding-steps.controller.js';
import { FindingsController } from './findings/findings.controller.js';
import { ReadBus } from './http/read-bus.js';
import { Metrics } from './operations/metrics.js';
import { ImportProgress } from './imports/import-progress.js';
import { ImportsController } from './imports/imports.controller.js';
import { OperationsController } from './operations/operations.controller.js';
import { RuleSetsController } from './rule-sets/rule-sets.controller.js';
import { ReadinessCheck } from './operations/readiness.js';
import { PlanDocumentsController } from './plan-documents/plan-documents.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { TracingController } from './plan-documents/tracing.controller.js';
import { IndicatorsController } from './plans/indicators.controller.js';
import { PlanImportsController } from './plans/plan-imports.controller.js';
import { TaskReportsController } from './plans/task-reports.controller.js';
import { PlansController } from './plans/plans.controller.js';
import { FiguresController } from './reads/figures.controller.js';
import { ProjectsController } from './reads/projects.controller.js';
import { RegisterController } from './reads/register.controller.js';

/** The HTTP API on top of a platform that brings store, database, projections, gateway and query handlers. */
@Module({})
export class ServerModule {
  static on(platform: DynamicModule): DynamicModule {
    return {
      module: ServerModule,
      imports: [platform],
      controllers: [
        PoolEntryController,
        ReallocationsController,
        ...FACTS.map(factController),
        RegisterController,
        ProjectsController,
        FiguresController,
        PlansController,
        TaskReportsController,
        IndicatorsController,
        PlanDocumentsController,
        TracingController,
        FindingsController,
        FindingStepsController,
        RuleSetsController,
        PlanImportsController,
        ImportsController,
        YearClosingsController,
        CarryForwardsController,
        ExportsController,
        ProjectExportsController,
        PlanExportsController,
        ReconciliationsController,
        CapabilitySheetController,
        EvaluationsController,
        CircularsController,
        AuditChainController,
        StatisticsController,
        OperationsController,
        DocsController,
      ],
      providers: [ReadBus, FactWriter, Metrics, ReadinessCheck, OpenApiHolder, ImportProgress],
    };
  }
}
