import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ProjectTotalsQuery,
  ProjectWindowQuery,
  RegionsInUseQuery,
  type ProjectTotals,
  type ProjectWindow,
} from '#libs/read-models/register/queries.js';
import { Answers } from '../answers/answers.decorator.js';
import {
  ProjectTotalsParameters,
  ProjectWindowParameters,
  registerFilterOf,
} from '../dto/project-queries.js';
import { DEFAULT_PAGE_SIZE, filterOf, ReadQuery } from '../dto/queries.js';
import { ReadBus } from '../http/read-bus.js';
import { validated } from '../http/validation.js';

/** The register as a table on a screen: any stretch of it in any order, its sums, and where its projects stand. */
@ApiTags('项目')
@Controller()
export class RegisterController {
  constructor(private readonly queries: ReadBus) {}

  @Get('projects/window')
  @Answers('getProjectWindow', '项目一览的任意一段，可排序；供滚动的表格使用', 'ProjectWindow')
  window(@Query(validated(ProjectWindowParameters)) query: ProjectWindowParameters): Promise<ProjectWindow> {
    const {
      offset = 0,
      limit = DEFAULT_PAGE_SIZE,
      sort = 'entered',
      descending = false,
      ...filter
    } = filterOf(query);
    return this.queries.execute(
      new ProjectWindowQuery({ ...registerFilterOf(filter), offset, limit, sort, descending }),
      query,
    );
  }

  @Get('projects/totals')
  @Answers('getProjectTotals', '项目个数和投资的合计、小计', 'ProjectTotals')
  totals(@Query(validated(ProjectTotalsParameters)) query: ProjectTotalsParameters): Promise<ProjectTotals> {
    const { groupBy = 'none', ...filter } = filterOf(query);
    return this.queries.execute(new ProjectTotalsQuery({ ...registerFilterOf(filter), groupBy }), query);
  }

  @Get('regions')
  @Answers('listRegions', '有项目的行政区划及其上级', 'Regions')
  regions(
    @Query(validated(ReadQuery)) query: ReadQuery,
  ): Promise<{ items: { code: string; name: string }[] }> {
    return this.queries.execute(new RegionsInUseQuery(), query);
  }
}
