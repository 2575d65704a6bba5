import { APPROVAL_MODES, READINESS_CONDITIONS } from '#libs/projects/domain/vocabulary.js';
import type { AmountInput } from './amount.js';
import { ActualCapacityBody, BED_SCOPE_LABELS, FactBody } from './common.js';
import { Amount, Count, Mark, Nested, OneOf, Pattern, Text, Uuid, Year } from './fields.js';

const DOCUMENT = '示例发改审〔2024〕12号';
const AUTHORITY = '示例州发展改革委';

export class PlainFactBody extends FactBody {}

export class ReasonedFactBody extends FactBody {
  @Text('原因', { max: 2000 })
  reason!: string;
}

export class CodeBody extends FactBody {
  @Text('项目代码（24 位，4-6-2-2-6）', { example: '2405-990101-89-01-123456' })
  code!: string;
}

export class ListingBody extends FactBody {
  @Year('年度')
  year!: number;

  @Text('清单名称', { example: '2024年示例州“一老一小”重大项目清单' })
  listTitle!: string;

  @Count('序号', { optional: true, example: 7 })
  sequence?: number;
}

export class DelistingBody extends ReasonedFactBody {
  @Year('年度')
  year!: number;
}

export class NationalLibraryBody extends FactBody {
  @Text('国家重大建设项目库编号', { optional: true })
  libraryNumber?: string;
}

export class ReadinessBody extends FactBody {
  @OneOf('条件', READINESS_CONDITIONS, { example: 'land' })
  condition!: string;

  @Text('说明', { optional: true, max: 2000 })
  note?: string;
}

export class ReadinessLapseBody extends ReasonedFactBody {
  @OneOf('条件', READINESS_CONDITIONS, { example: 'land' })
  condition!: string;
}

class DocumentBody extends FactBody {
  @Text('文号', { example: DOCUMENT })
  documentNumber!: string;
}

class AuthorityBody extends DocumentBody {
  @Text('机关', { example: AUTHORITY })
  authority!: string;
}

export class ApprovalBody extends AuthorityBody {
  @OneOf('方式', APPROVAL_MODES, { example: 'Approval' })
  mode!: string;

  @Amount('批复总投资', { example: { yuan: '20000000.00' } })
  approvedTotal!: AmountInput;
}

export class ApprovalRevocationBody extends ReasonedFactBody {
  @Text('机关', { example: AUTHORITY })
  authority!: string;
}

export class EstimateBody extends AuthorityBody {
  @Amount('核定概算', { example: { yuan: '20000000.00' } })
  estimate!: AmountInput;
}

export class EstimateAdjustmentBody extends EstimateBody {
  @Text('调整原因', { max: 2000 })
  reason!: string;
}

export class ProgressBody extends FactBody {
  @Pattern('月份', /^[12]\d{3}-(0[1-9]|1[0-2])$/u, '应为年-月，如 2024-05', { example: '2024-05' })
  month!: string;

  @Amount('当月完成投资', { example: { yuan: '800000.00' } })
  completed!: AmountInput;

  @Pattern(
    '形象进度（开工以来累计，百分数）',
    /^(100(\.0+)?|\d{1,2}(\.\d+)?)$/u,
    '应为 0–100 的十进制文字，如 "37.5"',
    { optional: true, example: '37.5' },
  )
  physicalPercent?: string;

  @Text('存在问题', { optional: true, max: 2000 })
  problems?: string;

  @Mark('以前年度：对已关闭年度的更正')
  priorYear?: true;
}

export class AcceptanceBody extends DocumentBody {
  @Nested('验收规模', ActualCapacityBody)
  capacity!: ActualCapacityBody;
}

export class ExemptionBody extends AuthorityBody {
  @Text('免予验收的理由', { max: 2000 })
  reason!: string;
}

export class CommissioningBody extends FactBody {
  @Nested('投入使用的规模', ActualCapacityBody)
  capacity!: ActualCapacityBody;

  @OneOf('床位范围', BED_SCOPE_LABELS, { optional: true, example: 'institution' })
  bedScope?: string;
}

export class CapacityChangeBody extends ReasonedFactBody {
  @Nested('变动后在用的规模', ActualCapacityBody)
  capacity!: ActualCapacityBody;
}

export class FinalAccountBody extends AuthorityBody {
  @Amount('决算金额', { example: { yuan: '19800000.00' } })
  final!: AmountInput;
}

export class EvaluationBody extends DocumentBody {
  @Text('结论', { max: 2000 })
  conclusion!: string;
}

export class ReversalBody extends ReasonedFactBody {
  @Uuid('被冲销事件的标识')
  eventId!: string;

  @Mark('以前年度：对已关闭年度的更正')
  priorYear?: true;
}
