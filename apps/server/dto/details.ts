import { CONSTRUCTION_NATURES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import type { AmountInput } from './amount.js';
import { BED_SCOPE_LABELS, FactBody } from './common.js';
import { Amount, Count, DateText, Nested, OneOf, Pattern, Text, Texts, Uuid } from './fields.js';

export class CountRangeBody {
  @Count('下限', { example: 100 })
  low!: number;

  @Count('上限；确数则与下限相同', { example: 200 })
  high!: number;
}

export class PlannedCapacityBody {
  @Nested('养老床位', CountRangeBody, { optional: true })
  beds?: CountRangeBody;

  @Nested('护理型床位', CountRangeBody, { optional: true })
  nursingBeds?: CountRangeBody;

  @Nested('托位', CountRangeBody, { optional: true })
  places?: CountRangeBody;

  @Nested('普惠托位', CountRangeBody, { optional: true })
  inclusivePlaces?: CountRangeBody;
}

export class DetailsBody {
  @Text('项目名称', { example: '示例1县社会福利院建设项目' })
  name!: string;

  @OneOf('项目类型', PROJECT_CATEGORIES, { example: 'ElderlyCare' })
  category!: string;

  @Texts('所在县（行政区划代码）', 200, {
    min: 1,
    pattern: /^\d{6}$/u,
    message: '每项应为 6 位行政区划代码',
    example: ['990101'],
  })
  regions!: string[];

  @Text('实施地点', { example: '示例1县' })
  place!: string;

  @Text('建设内容和规模', { optional: true, max: 2000, example: '新建养老床位150张' })
  scope?: string;

  @Texts('组织实施单位', 200, { example: ['示例1县民政局'] })
  implementingUnits!: string[];

  @OneOf('建设性质', CONSTRUCTION_NATURES, { optional: true, example: 'New' })
  constructionNature?: string;

  @DateText('计划开工时间', { optional: true, example: '2024-03' })
  plannedStart?: string;

  @DateText('投入使用时间', { optional: true, example: '2025' })
  plannedUse?: string;

  @Amount('总投资', { optional: true, example: { yuan: '20000000.00' } })
  totalInvestment?: AmountInput;

  @Nested('计划规模；未知的不写', PlannedCapacityBody)
  plannedCapacity!: PlannedCapacityBody;

  @OneOf('床位范围', BED_SCOPE_LABELS, { optional: true, example: 'institution' })
  bedScope?: string;

  @Pattern('建筑面积（平方米，十进制文字）', /^(0|[1-9]\d*)(\.\d+)?$/u, '应为十进制文字，如 "6000"', {
    optional: true,
    example: '6000',
  })
  floorAreaM2?: string;

  @Count('设施个数', { optional: true, example: 1 })
  facilityCount?: number;
}

export class RevisionBody extends FactBody {
  @Nested('修订后的完整信息', DetailsBody)
  details!: DetailsBody;
}

export class ListRefBody {
  @Text('清单名称')
  title!: string;

  @Count('序号', { optional: true })
  sequence?: number;
}

export class PoolEntryBody extends FactBody {
  @Nested('项目信息', DetailsBody)
  details!: DetailsBody;

  @Nested('来自哪份清单', ListRefBody, { optional: true })
  list?: ListRefBody;

  @Uuid('项目标识；不写则由幂等键派生，或新编一个', { optional: true })
  projectId?: string;
}
