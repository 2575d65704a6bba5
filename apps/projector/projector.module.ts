import { Module, type DynamicModule } from '@nestjs/common';
import { Metrics } from '../server/operations/metrics.js';
import { OperationsController } from '../server/operations/operations.controller.js';
import { ReadinessCheck } from '../server/operations/readiness.js';

/** The projections in a process of their own: no API, only health and metrics for those who run it. */
@Module({})
export class ProjectorModule {
  static on(platform: DynamicModule): DynamicModule {
    return {
      module: ProjectorModule,
      imports: [platform],
      controllers: [OperationsController],
      providers: [Metrics, ReadinessCheck],
    };
  }
}
