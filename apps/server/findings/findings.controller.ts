import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
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
import { ReadBus } from '../http/read-bus.js';
import { FindingIdParam } from './finding-id.js';

/** What the audit rules say: of all projects, and of one with what was done about it. */
@ApiTags('疑点')
@Controller('findings')
export class FindingsController {
  constructor(private readonly queries: ReadBus) {}

  @Get()
  @Answers('listFindings', '疑点：按规则、严重程度、地区、类型和日期查询', 'FindingPage')
  list(@Query(validated(FindingsParameters)) query: FindingsParameters): Promise<Page<FindingView>> {
    return this.queries.execute(new FindingsQuery(pageFilterOf(query)), query);
  }

  @Get('counts')
  @Answers('countFindings', '疑点个数：按规则和严重程度', 'FindingCounts')
  counts(@Query(validated(FindingCountsParameters)) query: FindingCountsParameters): Promise<FindingCounts> {
    return this.queries.execute(new FindingCountsQuery(filterOf(query)), query);
  }

  @Get(':findingId')
  @FindingIdParam()
  @Answers('getFinding', '一项疑点：算式、背后的事件和处理经过', 'FindingDetail', {
    problems: [...READ_PROBLEMS, 404],
  })
  async one(
    @Param('findingId') findingId: string,
    @Query(validated(FindingMomentParameters)) query: FindingMomentParameters,
  ): Promise<FindingDetail> {
    const finding = await this.queries.execute(new FindingQuery(findingId, filterOf(query)), query);
    if (finding) return finding;
    throw new ProblemError('finding.unknown', `没有标识为 ${findingId} 的疑点`, { details: { findingId } });
  }
}
