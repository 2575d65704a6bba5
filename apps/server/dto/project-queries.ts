import {
  FUNDING_SOURCES,
  PROJECT_STAGES,
  type FundingSource,
  type ProjectCategory,
  type ProjectStage,
} from '#libs/projects/domain/vocabulary.js';
import { OneOf, Text, WholeInQuery } from './fields.js';
import { Category, PageQuery, Parameter, ReadQuery, Region } from './queries.js';

export class ProjectsQueryParameters extends PageQuery {
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

  @Text('在名称、地点、单位和代码中查找;多个词须都出现', { optional: true, max: 100 })
  q?: string;
}

export class PoolQueryParameters extends PageQuery {
  @Region()
  region?: string;

  @Category()
  category?: ProjectCategory;

  @Parameter('true:四项条件齐备;false:尚有条件未落实', {
    read: (text) => ({ true: true, false: false })[String(text)],
    check: (value) => typeof value === 'boolean',
    fault: '应为 true 或 false',
    schema: { type: Boolean },
  })
  ready?: boolean;
}

export class AnnualListParameters extends ReadQuery {
  @Region()
  region?: string;
}
