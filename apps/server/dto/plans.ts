import { TASK_STATES, type TaskState } from '#libs/plans/domain/vocabulary.js';
import { EvidenceBody } from './common.js';
import { DateText, ListOf, OneOf, Pattern, Text, WholeInQuery } from './fields.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { Cursor, Flag, Limit, ReadQuery, Region } from './queries.js';

export class PlanImportParameters {
  @Flag('true：试导入，逐行报告将记录什么，不记录任何内容')
  dryRun?: boolean;

  @DateText('方案的业务日期；默认取文件所写的印发日期，没有则为今天', { optional: true })
  effectiveDate?: string;
}

export class PlanParameters extends ReadQuery {
  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class PlansParameters extends PlanParameters {
  @Region()
  region?: string;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

export class PlanTargetsParameters extends PlanParameters {
  @WholeInQuery('目标年份', 1949, 2200, { optional: true })
  year?: number;
}

export class PlanTasksParameters extends PlanParameters {
  @Text('牵头或配合单位名称中的文字', { optional: true, max: 100 })
  unit?: string;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

export class TrajectoryParameters extends PlanParameters {
  @Text('指标的标识或名称', { max: 100, example: 'placesPerThousand' })
  indicator!: string;
}

export class IndicatorComparisonParameters extends PlanParameters {
  @Pattern('行政区划代码（6 位）', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '513400' })
  region!: string;

  @WholeInQuery('年份：算到该年 12 月 31 日', 1949, 2200)
  year!: number;
}

export class IndicatorsParameters extends IndicatorComparisonParameters {
  @Text('只算这一个指标：标识或名称；默认全部', { optional: true, max: 100, example: 'placesPerThousand' })
  indicator?: string;
}

export class TaskReportBody {
  @OneOf('进展', TASK_STATES)
  state!: TaskState;

  @Text('完成情况、存在的问题', { max: 2000 })
  note!: string;

  @Pattern('所报地区（默认办理人所在地区）', /^\d{6}$/u, '应为 6 位行政区划代码', { optional: true })
  region?: string;

  @DateText('业务日期（默认今天）', { optional: true })
  effectiveDate?: string;

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}
