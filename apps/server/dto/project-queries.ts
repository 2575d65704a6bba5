import { IntersectionType } from '@nestjs/swagger';
import {
  PROJECT_GROUPS,
  PROJECT_SORTS,
  type ProjectGroup,
  type ProjectSort,
} from '#libs/read-models/register/queries.js';
import {
  FUNDING_SOURCES,
  PROJECT_STAGES,
  type FundingSource,
  type ProjectCategory,
  type ProjectStage,
} from '#libs/projects/domain/vocabulary.js';
import { AsOfParameters } from './figure-queries.js';
import { OneOf, Text, UUID, WholeInQuery } from './fields.js';
import { Category, Flag, Limit, PageQuery, Parameter, ReadQuery, Region } from './queries.js';

/** As many as an address can name without being too long for what stands between. */
const MOST_EVENTS = 100;

export class EventsParameters extends ReadQuery {
  @Parameter(`事件标识，至多 ${MOST_EVENTS} 个，以逗号分隔`, {
    read: (text) => String(text).split(','),
    check: (ids) =>
      Array.isArray(ids) && ids.length <= MOST_EVENTS && ids.every((id) => UUID.test(String(id))),
    fault: `应为以逗号分隔的 UUID，至多 ${MOST_EVENTS} 个`,
  })
  ids?: string[];
}

export class ProjectFilterParameters extends AsOfParameters {
  @Region()
  region?: string;

  @Category()
  category?: ProjectCategory;

  @WholeInQuery('列入哪一年度的清单', 1949, 2200, { optional: true })
  year?: number;

  @WholeInQuery('计划投入使用的年份', 1949, 2200, { optional: true })
  plannedUseYear?: number;

  @OneOf('项目状态', PROJECT_STAGES, { optional: true })
  stage?: ProjectStage;

  @OneOf('资金计划含此来源', FUNDING_SOURCES, { optional: true })
  source?: FundingSource;

  @Text('在名称、地点、单位和代码中查找；多个词须都出现', { optional: true, max: 100 })
  q?: string;
}

export class ProjectEventsParameters extends IntersectionType(AsOfParameters, PageQuery) {}

export class ProjectsQueryParameters extends IntersectionType(ProjectFilterParameters, PageQuery) {}

export class ProjectSortParameters extends ProjectFilterParameters {
  @OneOf('排序，默认按录入顺序；未知的值总在最后', PROJECT_SORTS, { optional: true })
  sort?: ProjectSort;

  @Flag('true：从大到小')
  descending?: boolean;
}

export class ProjectWindowParameters extends ProjectSortParameters {
  @WholeInQuery('从第几个（0 起）开始', 0, 10_000_000, { optional: true })
  offset?: number;

  @Limit()
  limit?: number;
}

export class ProjectTotalsParameters extends ProjectFilterParameters {
  @OneOf('分组，默认只有合计', PROJECT_GROUPS, { optional: true })
  groupBy?: ProjectGroup;
}

export class PoolQueryParameters extends IntersectionType(AsOfParameters, PageQuery) {
  @Region()
  region?: string;

  @Category()
  category?: ProjectCategory;

  @Flag('true：四项条件齐备；false：尚有条件未落实')
  ready?: boolean;
}

export class AnnualListParameters extends AsOfParameters {
  @Region()
  region?: string;
}

/** The year of a list is called `year` in a request. */
export function registerFilterOf<T extends { year?: number }>({
  year,
  ...filter
}: T): Omit<T, 'year'> & { listedYear?: number } {
  return { ...filter, ...(year !== undefined && { listedYear: year }) };
}
