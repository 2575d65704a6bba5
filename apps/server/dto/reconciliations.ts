import type { MoneyUnit } from '#libs/kernel/money.js';
import { MOST_DECISIONS, type ReconciledKind } from '#libs/reconciliation/domain/events.js';
import type { PairDecision } from '#libs/reconciliation/domain/pair-decisions.js';
import { PAIR_DECISIONS, RECONCILED_KINDS } from '#libs/reconciliation/domain/vocabulary.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { DateText, ListOf, OneOf, Text, Uuid, Whole } from './fields.js';
import { KeyList, PageQuery, Parameter, ReadQuery, Region } from './queries.js';

export class ReconciliationParameters {
  @Parameter('true：试对账，不记录任何内容', {
    read: (text) => ({ true: true, false: false })[String(text)] ?? text,
    check: (value) => typeof value === 'boolean',
    fault: '应为 true 或 false',
    schema: { type: Boolean },
  })
  dryRun?: boolean;

  @Region()
  region?: string;

  @Uuid('只与此项目对账', { optional: true })
  projectId?: string;

  @DateText('期间的第一天；默认对账单最早的日期，更早的台账记录不核对', { optional: true })
  from?: string;

  @DateText('期间的最后一天；默认对账单最晚的日期，更晚的台账记录不核对', { optional: true })
  to?: string;

  @KeyList(
    `对账单所列：${Object.entries(RECONCILED_KINDS)
      .map(([key, label]) => `${key} ${label}`)
      .join('、')}；默认两者`,
    (key) => Object.hasOwn(RECONCILED_KINDS, key),
    `应为 ${Object.keys(RECONCILED_KINDS).join('、')}`,
    'payment',
  )
  kinds?: ReconciledKind[];

  @OneOf('文件未写明时的金额单位', { 元: '元', 万元: '万元', 亿元: '亿元' }, { optional: true })
  unit?: MoneyUnit;
}

export class ReconciliationListParameters extends PageQuery {
  @Region()
  region?: string;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class ReconciliationAsOfParameters extends ReadQuery {
  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class PairDecisionBody implements PairDecision {
  @Text('工作表名称，见 matches', { max: 100 })
  sheet!: string;

  @Whole('对账单的行', 1, 2_000_000)
  row!: number;

  @Uuid('台账的支付或到位的事件标识')
  eventId!: string;

  @OneOf('怎么看这一对', PAIR_DECISIONS)
  decision!: PairDecision['decision'];
}

export class PairDecisions {
  @ListOf('对建议的匹配的确认和否定', PairDecisionBody, { max: MOST_DECISIONS })
  decisions!: PairDecisionBody[];
}
