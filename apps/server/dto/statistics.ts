import { FIGURES, type FigureKey } from '#libs/statistics/domain/figures.js';
import { PERIOD_PATTERN } from '#libs/statistics/domain/period.js';
import { EvidenceBody } from './common.js';
import { ListOf, OneOf, Pattern, Text, Texts } from './fields.js';
import { PageQuery, Parameter, Region } from './queries.js';

const FIGURE_LABELS = Object.fromEntries(
  Object.entries(FIGURES).map(([key, { label }]) => [key, label]),
) as Record<FigureKey, string>;
const FIGURE_PATTERN = new RegExp(`^(${Object.keys(FIGURES).join('|')})$`, 'u');

class StepBody {
  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}

class DutyBody {
  @Text('单位', { example: '示例州民政局' })
  unit!: string;

  @Texts('所报指标', 50, { min: 1, pattern: FIGURE_PATTERN, message: '每项应为已知的统计指标' })
  figures!: FigureKey[];
}

export class ReportingBody extends StepBody {
  @ListOf('哪个单位报哪些指标；一个指标只由一个单位报', DutyBody, { min: 1, max: 500 })
  duties!: DutyBody[];
}

class ReportedFigureBody {
  @OneOf('指标', FIGURE_LABELS)
  figure!: FigureKey;

  @Pattern('非负整数，金额为分；略去表示不详（不等于零）', /^(0|[1-9]\d{0,17})$/u, '应为非负整数的文字', {
    optional: true,
  })
  value?: string;

  @Text('数据来源', { example: '民政统计台账' })
  source!: string;

  @Text('依据文号', { optional: true })
  documentNumber?: string;
}

export class SubmissionBody extends StepBody {
  @ListOf('布置给本单位的全部指标', ReportedFigureBody, { min: 1, max: 100 })
  figures!: ReportedFigureBody[];

  @Text('说明', { optional: true, max: 2000 })
  note?: string;
}

export class CheckBody extends StepBody {
  @Text('单位')
  unit!: string;

  @Text('审核意见', { optional: true, max: 2000 })
  note?: string;
}

export class ReturnBody extends StepBody {
  @Text('单位')
  unit!: string;

  @Text('退回理由', { max: 2000 })
  reason!: string;
}

export class DifferenceBody extends StepBody {
  @OneOf('指标', FIGURE_LABELS)
  figure!: FigureKey;

  @Text('差异的原因', { max: 2000 })
  explanation!: string;
}

export class StatisticsReportsParameters extends PageQuery {
  @Region()
  region?: string;

  @Pattern('报告期', new RegExp(PERIOD_PATTERN, 'u'), '应如 2025、2025-H1、2025-Q3 或 2025-06', {
    optional: true,
  })
  period?: string;

  @OneOf('只列迟报或未报', { late: '迟报', missing: '未报' }, { optional: true })
  only?: 'late' | 'missing';

  @Parameter('截至此日的情况，YYYY-MM-DD；默认今天', {
    read: (text) => text,
    check: (text) =>
      typeof text === 'string' && /^\d{4}-\d\d-\d\d$/u.test(text) && !Number.isNaN(Date.parse(text)),
    fault: '应为日期 YYYY-MM-DD',
    schema: { type: String, format: 'date' },
  })
  onDay?: string;
}
