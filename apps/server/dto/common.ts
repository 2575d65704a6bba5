import { BED_SCOPES } from '#libs/kernel/capacity.js';
import { FUNDING_LEVELS, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { AmountInput } from './amount.js';
import { Amount, Count, DateText, ListOf, Mark, OneOf, Pattern, Text, Whole, Year } from './fields.js';

export const BED_SCOPE_LABELS: Record<(typeof BED_SCOPES)[number], string> = {
  institution: '机构',
  community: '社区',
  home: '家庭',
};

export class EvidenceBody {
  @Text('文号', { optional: true, example: '示例发改〔2024〕12号' })
  documentNumber?: string;

  @Pattern('已存文件的 SHA-256', /^[0-9a-f]{64}$/u, '应为 64 位十六进制的 SHA-256', { optional: true })
  fileDigest?: string;

  @Text('文件名', { optional: true })
  fileName?: string;

  @Text('在文件中的位置', { optional: true, example: '清单!第7行' })
  locator?: string;
}

/** What every fact carries beside its own fields. */
export class FactBody {
  @DateText('业务日期：事实发生的日期')
  effectiveDate!: string;

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];

  @Whole('写入者所见的项目版本；与现状不符则不写入（也可用 If-Match）', 0, 999_999_999, { optional: true })
  expectedRevision?: number;
}

export class ActualCapacityBody {
  @Count('养老床位', { optional: true, example: 120 })
  beds?: number;

  @Count('护理型床位', { optional: true, example: 80 })
  nursingBeds?: number;

  @Count('托位', { optional: true })
  places?: number;

  @Count('普惠托位', { optional: true })
  inclusivePlaces?: number;
}

/** A source line of one budget year: what every movement of money names. */
export class FundBody extends FactBody {
  @OneOf('资金来源', FUNDING_SOURCES, { example: 'CentralBudgetInvestment' })
  source!: string;

  @OneOf('资金层级（福彩公益金须注明）', FUNDING_LEVELS, { optional: true })
  level?: string;

  @Year('预算年度')
  budgetYear!: number;

  @Amount('金额', { example: { yuan: '1000000.00' } })
  amount!: AmountInput;

  @Mark('以前年度：对已关闭年度的更正')
  priorYear?: true;
}
