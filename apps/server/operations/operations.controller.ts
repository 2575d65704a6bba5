import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { ProjectionRunner } from '#libs/projection/runner.js';
import type { ProjectionStatus } from '#libs/projection/status.js';
import { Answers } from '../answers/answers.decorator.js';
import { ProblemError } from '../http/problem.js';
import { Metrics } from './metrics.js';
import { ReadinessCheck } from './readiness.js';

/** For those who run the server: is it alive, can it serve, how is it doing. */
@ApiTags('运维')
@Controller()
export class OperationsController {
  constructor(
    private readonly readiness: ReadinessCheck,
    private readonly runner: ProjectionRunner,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Answers('getLiveness', '进程是否在运行', 'Liveness', { problems: [] })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Answers('getReadiness', '能否服务：事件库、数据库、查询数据', 'Readiness', { problems: [503] })
  async ready(): Promise<{ status: 'ready' }> {
    const { store, database, projections } = await this.readiness.look();
    const reasons = [store, database, projections].filter((reason) => reason !== undefined);
    if (reasons.length === 0) return { status: 'ready' };
    const details = { store: store ?? null, database: database ?? null, projections: projections ?? null };
    throw new ProblemError('server.notReady', reasons.join('；'), { details, retryAfterSeconds: 5 });
  }

  @Get('metrics')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async measures(): Promise<string> {
    this.metrics.note(await this.runner.status().catch(() => []));
    return this.metrics.registry.metrics();
  }

  @Get('projections')
  @Answers('listProjections', '各查询数据的进度与状态', 'ProjectionStatuses')
  async projections(): Promise<{ items: ProjectionStatus[] }> {
    return { items: await this.runner.status() };
  }
}
