import { FUNDING_LEVELS, FUNDING_SOURCES, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { REALLOCATION_STATES, type ReallocationState } from '#libs/read-models/reallocations/queries.js';
import type { AmountInput } from './amount.js';
import { EvidenceBody } from './common.js';
import { Amount, DateText, ListOf, OneOf, Pattern, Text, Uuid, WholeInQuery, Year } from './fields.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { PageQuery, ReadQuery, Region } from './queries.js';

/** Projects that one document names at most. */
const MAX_LINES = 2000;

export class PlanDocumentLineBody {
  @Uuid('项目标识')
  projectId!: string;

  @Amount('该项目的额度', { example: { yuan: '3000000.00' } })
  amount!: AmountInput;
}

export class PlanDocumentBody {
  @DateText('下达日期')
  effectiveDate!: string;

  @Text('文号', { example: '示例发改投资〔2025〕8号' })
  documentNumber!: string;

  @Text('下达单位', { example: '示例州发展改革委' })
  authority!: string;

  @Text('标题', { optional: true })
  title?: string;

  @Pattern('下达到的地区（行政区划代码，6 位）', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '990100' })
  region!: string;

  @OneOf('资金来源', FUNDING_SOURCES, { example: 'CentralBudgetInvestment' })
  source!: string;

  @OneOf('资金层级（福彩公益金须注明）', FUNDING_LEVELS, { optional: true })
  level?: string;

  @Year('预算年度')
  budgetYear!: number;

  @Amount('计划总额', { example: { yuan: '10000000.00' } })
  total!: AmountInput;

  @ListOf('分解到项目的额度；各项目之和不超过总额，余额可下达给未列的项目', PlanDocumentLineBody, {
    max: MAX_LINES,
  })
  lines!: PlanDocumentLineBody[];

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}

export class PlanAdjustmentBody {
  @DateText('调整日期')
  effectiveDate!: string;

  @Text('调整文号', { example: '示例发改投资〔2025〕20号' })
  documentNumber!: string;

  @Text('下达单位', { example: '示例州发展改革委' })
  authority!: string;

  @Text('调整原因', { max: 2000 })
  reason!: string;

  @Amount('调整后的计划总额', { example: { yuan: '9000000.00' } })
  total!: AmountInput;

  @ListOf('调整后分解到项目的额度，列全；不低于已占用的额度', PlanDocumentLineBody, { max: MAX_LINES })
  lines!: PlanDocumentLineBody[];

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}

export class PlanDocumentsParameters extends PageQuery {
  @Region()
  region?: string;

  @OneOf('资金来源', FUNDING_SOURCES, { optional: true })
  source?: FundingSource;

  @WholeInQuery('预算年度', 1949, 2200, { optional: true })
  year?: number;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class ReallocationsParameters extends PageQuery {
  @OneOf('状态', REALLOCATION_STATES, { optional: true })
  state?: ReallocationState;

  @Region()
  region?: string;

  @Uuid('调出或调入项目的标识', { optional: true })
  projectId?: string;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class TraceParameters extends ReadQuery {
  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}
