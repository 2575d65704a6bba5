import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Page } from '#libs/read-models/paging.js';
import {
  PlanQuery,
  PlansQuery,
  PlanTargetsQuery,
  PlanTasksQuery,
  PlanYearsQuery,
  TrajectoryQuery,
  type PlanDetail,
  type PlanTargets,
  type PlanTask,
  type PlanView,
  type PlanYears,
  type Trajectory,
} from '#libs/read-models/plans/queries.js';
import { Answers, READ_PROBLEMS } from '../answers/answers.decorator.js';
import {
  PlanParameters,
  PlansParameters,
  PlanTargetsParameters,
  PlanTasksParameters,
  TrajectoryParameters,
} from '../dto/plans.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import { planIdParam } from '../http/params.js';
import { validated } from '../http/validation.js';
import { ReadBus } from '../http/read-bus.js';

const PROBLEMS = [...READ_PROBLEMS, 404];
const PlanIdParam = (): MethodDecorator =>
  ApiParam({ name: 'planId', description: '方案编号：地区-起年-止年', example: '513400-2023-2025' });

/** Plans 整体解决方案: what they print, and where the region stands beside it. */
@ApiTags('方案与指标')
@Controller('plans')
export class PlansController {
  constructor(private readonly queries: ReadBus) {}

  @Get()
  @Answers('listPlans', '方案及所登记的内容', 'PlanPage')
  list(@Query(validated(PlansParameters)) query: PlansParameters): Promise<Page<PlanView>> {
    return this.queries.execute(new PlansQuery(pageFilterOf(query)), query);
  }

  @Get(':planId')
  @PlanIdParam()
  @Answers('getPlan', '一份方案：基期、人口和预测', 'PlanDetail', { problems: PROBLEMS })
  plan(
    @Param('planId', planIdParam) planId: string,
    @Query(validated(PlanParameters)) query: PlanParameters,
  ): Promise<PlanDetail> {
    return this.queries.execute(new PlanQuery({ planId, ...filterOf(query) }), query);
  }

  @Get(':planId/targets')
  @PlanIdParam()
  @Answers('getPlanTargets', '目标与现状、方案内部的矛盾、分县分解', 'PlanTargets', { problems: PROBLEMS })
  targets(
    @Param('planId', planIdParam) planId: string,
    @Query(validated(PlanTargetsParameters)) query: PlanTargetsParameters,
  ): Promise<PlanTargets> {
    return this.queries.execute(new PlanTargetsQuery({ planId, ...filterOf(query) }), query);
  }

  @Get(':planId/years')
  @PlanIdParam()
  @Answers('getPlanYears', '逐年的目标与实际，及比上年的增减', 'PlanYears', { problems: PROBLEMS })
  years(
    @Param('planId', planIdParam) planId: string,
    @Query(validated(PlanParameters)) query: PlanParameters,
  ): Promise<PlanYears> {
    return this.queries.execute(new PlanYearsQuery({ planId, ...filterOf(query) }), query);
  }

  @Get(':planId/trajectory')
  @PlanIdParam()
  @Answers('getPlanTrajectory', '到目标还差多少，项目将补上多少', 'Trajectory', { problems: PROBLEMS })
  trajectory(
    @Param('planId', planIdParam) planId: string,
    @Query(validated(TrajectoryParameters)) query: TrajectoryParameters,
  ): Promise<Trajectory> {
    return this.queries.execute(new TrajectoryQuery({ planId, ...filterOf(query) }), query);
  }

  @Get(':planId/tasks')
  @PlanIdParam()
  @Answers('listPlanTasks', '任务分解及其进展', 'PlanTaskPage', { problems: PROBLEMS })
  tasks(
    @Param('planId', planIdParam) planId: string,
    @Query(validated(PlanTasksParameters)) query: PlanTasksParameters,
  ): Promise<Page<PlanTask>> {
    return this.queries.execute(new PlanTasksQuery({ planId, ...pageFilterOf(query) }), query);
  }
}
