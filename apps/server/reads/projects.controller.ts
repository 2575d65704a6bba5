import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Json } from '#libs/event-store/port.js';
import { isAsOf } from '#libs/read-models/as-of.js';
import type { Page } from '#libs/read-models/paging.js';
import {
  AnnualListQuery,
  ListProjectsQuery,
  PoolQuery,
  ProjectQuery,
  type AnnualList,
  type PoolEntry,
  type ProjectDetail,
  type ProjectRow,
} from '#libs/read-models/register/queries.js';
import {
  EventsByIdQuery,
  ProjectEventsQuery,
  type NamedTimelineEntry,
  type TimelineEntry,
} from '#libs/read-models/timeline/queries.js';
import type { AsOf } from '#libs/read-models/views.js';
import { Answers, READ_PROBLEMS } from '../answers/answers.decorator.js';
import {
  AnnualListParameters,
  EventsParameters,
  PoolQueryParameters,
  ProjectEventsParameters,
  ProjectsQueryParameters,
  registerFilterOf,
} from '../dto/project-queries.js';
import { AsOfParameters } from '../dto/figure-queries.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import { toView } from '../dto/money-fields.js';
import { projectIdParam, yearParam } from '../http/params.js';
import { ProblemError } from '../http/problem.js';
import { ReadBus } from '../http/read-bus.js';
import { validated } from '../http/validation.js';

const PROBLEMS = [...READ_PROBLEMS, 404];
const ProjectIdParam = (): MethodDecorator =>
  ApiParam({ name: 'projectId', description: '项目标识', schema: { type: 'string', format: 'uuid' } });

/** The register as it stands or stood: projects, the pool, the annual lists, and each project's own history. */
@ApiTags('项目')
@Controller()
export class ProjectsController {
  constructor(private readonly queries: ReadBus) {}

  @Get('projects')
  @Answers('listProjects', '项目一览', 'ProjectPage')
  list(@Query(validated(ProjectsQueryParameters)) query: ProjectsQueryParameters): Promise<Page<ProjectRow>> {
    return this.queries.execute(new ListProjectsQuery(registerFilterOf(pageFilterOf(query))), query);
  }

  @Get('projects/:projectId')
  @ProjectIdParam()
  @Answers('getProject', '项目详情', 'ProjectDetail', { problems: PROBLEMS })
  async one(
    @Param('projectId', projectIdParam) projectId: string,
    @Query(validated(AsOfParameters)) query: AsOfParameters,
  ): Promise<ProjectDetail> {
    const project = await this.queries.execute(new ProjectQuery(projectId, filterOf(query)), query);
    if (!project) throw notFound(projectId, filterOf(query));
    return project;
  }

  @Get('projects/:projectId/events')
  @ProjectIdParam()
  @Answers('listProjectEvents', '项目的全部事件', 'TimelinePage', { problems: PROBLEMS })
  async events(
    @Param('projectId', projectIdParam) projectId: string,
    @Query(validated(ProjectEventsParameters)) query: ProjectEventsParameters,
  ): Promise<Page<TimelineEntry>> {
    const page = await this.queries.execute(new ProjectEventsQuery(projectId, pageFilterOf(query)), query);
    if (page.items.length === 0 && query.cursor === undefined) throw notFound(projectId, query);
    return { ...page, items: page.items.map(withAmounts) };
  }

  @Get('events')
  @Answers('listEventsById', '一个数字背后的项目事件，按标识', 'NamedEvents')
  async eventsById(
    @Query(validated(EventsParameters)) query: EventsParameters,
  ): Promise<{ items: NamedTimelineEntry[] }> {
    const events = await this.queries.execute(new EventsByIdQuery(query.ids ?? []), query);
    return { items: events.map(withAmounts) };
  }

  @Get('pool')
  @Answers('listPool', '项目储备库及四项前期条件', 'PoolPage')
  pool(@Query(validated(PoolQueryParameters)) query: PoolQueryParameters): Promise<Page<PoolEntry>> {
    return this.queries.execute(new PoolQuery(pageFilterOf(query)), query);
  }

  @Get('annual-lists/:year')
  @ApiParam({ name: 'year', description: '年度', schema: { type: 'integer' } })
  @Answers('getAnnualList', '年度重大项目清单', 'AnnualList')
  annualList(
    @Param('year', yearParam) year: number,
    @Query(validated(AnnualListParameters)) query: AnnualListParameters,
  ): Promise<AnnualList> {
    return this.queries.execute(new AnnualListQuery({ ...filterOf(query), year }), query);
  }
}

/** Amounts as `{ fen, yuan }`. */
const withAmounts = <T extends TimelineEntry>(entry: T): T => ({
  ...entry,
  data: toView(entry.data as Json) as Record<string, unknown>,
});

function notFound(projectId: string, asOf: AsOf): ProblemError {
  const then = isAsOf(asOf) ? '在所问的时间还没有' : '没有';
  return new ProblemError('project.notFound', `${then}标识为 ${projectId} 的项目`, {
    details: { projectId },
  });
}
