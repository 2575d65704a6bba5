import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { findingsProjection } from '#libs/read-models/findings/projection.js';
import {
  FindingCountsQuery,
  FindingQuery,
  FindingsQuery,
  type FindingCounts,
  type FindingDetail,
  type FindingView,
} from '#libs/read-models/findings/queries.js';
import type { Page } from '#libs/read-models/paging.js';
import { Answers, READ_PROBLEMS } from '../answers/answers.decorator.js';
import { FindingCountsParameters, FindingMomentParameters, FindingsParameters } from '../dto/findings.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import { ProblemError } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { WaitsFor } from '../http/waits-for.js';
import { FindingIdParam } from './finding-id.js';

/** What the audit rules say: of all projects, and of one with what was done about it. */
@ApiTags('疑点')
@Controller('findings')
export class FindingsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @WaitsFor(findingsProjection)
  @Answers('listFindings', '疑点:按规则、严重程度、地区、类型和日期查询', 'FindingPage')
  list(@Query(validated(FindingsParameters)) query: FindingsParameters): Promise<Page<FindingView>> {
    return this.queries.execute(new FindingsQuery(pageFilterOf(query)));
  }

  @Get('counts')
  @WaitsFor(findingsProjection)
  @Answers('countFindings', '疑点个数:按规则和严重程度', 'FindingCounts')
  counts(@Query(validated(FindingCountsParameters)) query: FindingCountsParameters): Promise<FindingCounts> {
    return this.queries.execute(new FindingCountsQuery(filterOf(query)));
  }

  @Get(':findingId')
  @FindingIdParam()
  @WaitsFor(findingsProjection)
  @Answers('getFinding', '一项疑点:算式、背后的事件和处理经过', 'FindingDetail', {
    problems: [...READ_PROBLEMS, 404],
  })
  async one(
    @Param('findingId') findingId: string,
    @Query(validated(FindingMomentParameters)) query: FindingMomentParameters,
  ): Promise<FindingDetail> {
    const finding = await this.queries.execute(new FindingQuery(findingId, filterOf(query)));
    if (finding) return finding;
    throw new ProblemError('finding.unknown', `没有标识为 ${findingId} 的疑点`, { details: { findingId } });
  }
}
