import { FUNDING_LEVELS, FUNDING_SOURCES, LOTTERY_PURPOSES } from '#libs/projects/domain/vocabulary.js';
import { OmitType } from '@nestjs/swagger';
import type { AmountInput } from './amount.js';
import { FactBody, FundBody } from './common.js';
import { Amount, DateText, ListOf, Nested, OneOf, Text, Uuid, Year } from './fields.js';

const DOCUMENT = '示例财建〔2024〕8号';

/** 还本付息计划 of a special bond. */
export class RepaymentPlanBody {
  @Text('文号', { example: '示例财债〔2025〕3号' })
  documentNumber!: string;

  @DateText('到期日', { example: '2040-06-30' })
  maturity!: string;

  @Text('债券名称', { optional: true })
  bondName?: string;
}

const LotteryPurposeOf = (required: string): PropertyDecorator =>
  OneOf(`福彩公益金用途（${required}；其他来源不写）`, LOTTERY_PURPOSES, { optional: true });
const RepaymentPlan = (): PropertyDecorator =>
  Nested('还本付息计划（专项债券必填；其他来源不写）', RepaymentPlanBody, { optional: true });

export class FundingPlanLineBody {
  @OneOf('资金来源', FUNDING_SOURCES, { example: 'SelfRaised' })
  source!: string;

  @OneOf('资金层级（福彩公益金须注明）', FUNDING_LEVELS, { optional: true })
  level?: string;

  @Year('预算年度；计划未列年度则不写', { optional: true })
  budgetYear?: number;

  @Amount('金额', { example: { yuan: '5000000.00' } })
  amount!: AmountInput;

  @LotteryPurposeOf('可写')
  lotteryPurpose?: string;

  @RepaymentPlan()
  repaymentPlan?: RepaymentPlanBody;
}

export class FundingPlanBody extends FactBody {
  @ListOf('完整的资金计划，每个来源、层级和年度一行', FundingPlanLineBody)
  lines!: FundingPlanLineBody[];

  @Text('调整原因：首次编制不写，调整时必填', { optional: true, max: 2000 })
  reason?: string;
}

export class ApplicationBody extends FundBody {
  @Text('申请文号', { example: DOCUMENT })
  documentNumber!: string;

  @LotteryPurposeOf('可写')
  lotteryPurpose?: string;
}

export class AllocationBody extends FundBody {
  @Text('下达文号', { example: DOCUMENT })
  documentNumber!: string;

  @Text('下达机关', { example: '示例州发展改革委' })
  authority!: string;

  @LotteryPurposeOf('必填')
  lotteryPurpose?: string;

  @RepaymentPlan()
  repaymentPlan?: RepaymentPlanBody;
}

export class DisbursementBody extends FundBody {
  @Text('拨付文号或凭证号', { example: DOCUMENT })
  documentNumber!: string;
}

export class ReceiptBody extends FundBody {
  @Text('到位凭证号', { example: '进账单2024-031' })
  documentNumber!: string;

  @LotteryPurposeOf('可写')
  lotteryPurpose?: string;
}

export class PaymentBody extends FundBody {
  @Text('收款单位', { example: '示例建筑公司' })
  payee!: string;

  @Text('付款依据（合同、发票、结算单）', { example: '施工合同2024-01第1期' })
  basisDocument!: string;

  @Text('用途', { max: 2000, example: '主体工程进度款' })
  purpose!: string;

  @LotteryPurposeOf('必填')
  lotteryPurpose?: string;
}

export class CarryForwardBody extends FundBody {
  @OneOf('结转所在环节', { allocated: '下达', disbursed: '拨付', received: '到位' }, { example: 'received' })
  stage!: string;

  @Year('结转到的年度', { example: 2025 })
  toYear!: number;

  @Text('结转文号', { example: DOCUMENT })
  documentNumber!: string;
}

export class RecoveryBody extends FundBody {
  @Text('收回文号', { example: DOCUMENT })
  documentNumber!: string;

  @Text('收回原因', { max: 2000, example: '竣工结余' })
  reason!: string;
}

/** 调剂 between two projects; `expectedRevision` has no meaning here: two projects have two. */
export class ReallocationBody extends OmitType(FundBody, ['expectedRevision']) {
  @Uuid('调出项目标识')
  fromProjectId!: string;

  @Uuid('调入项目标识')
  toProjectId!: string;

  @OneOf('调剂所在环节', { allocated: '下达', disbursed: '拨付', received: '到位' }, { example: 'allocated' })
  stage!: string;

  @Text('调剂文号', { example: DOCUMENT })
  documentNumber!: string;

  @Text('调剂原因', { max: 2000 })
  reason!: string;

  @Text('占用额度所在的投资计划文号；写明则额度随资金调整', { optional: true })
  planDocumentNumber?: string;
}

export class SurplusReturnBody extends FundBody {
  @Text('上缴文号', { example: DOCUMENT })
  documentNumber!: string;

  @Text('说明', { max: 2000, example: '竣工决算结余' })
  reason!: string;
}

export class BudgetYearClosingBody extends FactBody {
  @Year('关闭的预算年度')
  year!: number;
}
