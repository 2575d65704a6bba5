import {
  FUNDING_SOURCES,
  type FundingSource,
  type ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import type { HeldStage } from '#libs/read-models/lots/lots.js';
import { IDLE_STAGES } from '#libs/read-models/lots/queries.js';
import { OneOf, Uuid, WholeInQuery } from './fields.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { Category, Cursor, Limit, Parameter, ReadQuery, Region } from './queries.js';

const MAX_DAYS = 36_500;

class AgeingFilterParameters extends ReadQuery {
  @Uuid('项目标识', { optional: true })
  projectId?: string;

  @Region()
  region?: string;

  @Category()
  category?: ProjectCategory;

  @OneOf('资金来源', FUNDING_SOURCES, { optional: true })
  source?: FundingSource;

  @WholeInQuery('预算年度：资金现在所在的年度', 1949, 2200, { optional: true })
  year?: number;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class AgeingParameters extends AgeingFilterParameters {
  @Parameter('账龄界限（天），由小到大，以逗号分隔；不写则用当日生效的界限', {
    read: (text) => (typeof text === 'string' && text !== '' ? text.split(',').map(Number) : text),
    check: (value) => Array.isArray(value) && value.every((day) => Number.isInteger(day)),
    fault: '应为以逗号分隔的天数，如 90,180,365,730',
    schema: { type: String, example: '90,180,365,730' },
  })
  boundaries?: number[];
}

export class IdleLotsParameters extends AgeingFilterParameters {
  @OneOf('环节', IDLE_STAGES, { optional: true })
  stage?: HeldStage;

  @WholeInQuery('账龄大于（天）', 0, MAX_DAYS, { optional: true })
  over?: number;

  @WholeInQuery('账龄不大于（天）', 0, MAX_DAYS, { optional: true })
  upTo?: number;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}
