import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import { isRegionCode } from '#libs/kernel/regions.js';
import {
  FUNDING_SOURCES,
  FUND_STAGES,
  type FundingSource,
  type FundStage,
  type ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import { ACCOUNT_DIMENSIONS, type AccountDimension } from '#libs/read-models/ledger/account-queries.js';
import { LEDGER_DIMENSIONS, type LedgerDimension } from '#libs/read-models/ledger/queries.js';
import { COUNT_FIGURES, type CountFigure } from '#libs/read-models/yearly-counts/queries.js';
import { OneOf, Text, Uuid, WholeInQuery } from './fields.js';
import {
  Category,
  Cursor,
  KeyList,
  Limit,
  NONE,
  Parameter,
  ReadQuery,
  Region,
  YearOrNone,
} from './queries.js';

const RegionSet = (): PropertyDecorator =>
  KeyList(
    '恰好位于这些区划的项目（行政区划代码）',
    isRegionCode,
    '应为以逗号分隔的行政区划代码',
    '990101,990102',
  );

/** A plus sign in a query means a space, and an instant with a zone has one: `+08:00`. */
export const AsKnownAt = (): PropertyDecorator =>
  Parameter('截至此刻所知（ISO 8601，带时区）：只计此前记录的', {
    read: (text) => (typeof text === 'string' ? text.replace(' ', '+') : text),
    check: (value) => typeof value === 'string',
    fault: '应为 ISO 8601 时刻',
    schema: { type: String, format: 'date-time' },
  });

export const AsEffectiveOn = (): PropertyDecorator =>
  Text('截至此日有效（YYYY-MM-DD）', { optional: true, max: 10 });

/** What is asked of two times, alone or together. */
export class AsOfParameters extends ReadQuery {
  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

const SourceOrNone = (): PropertyDecorator =>
  Parameter(`资金来源：${Object.keys(FUNDING_SOURCES).join('、')}；none 表示不属于任何来源`, {
    read: (text) => (text === NONE ? null : text),
    check: (value) => value === null || (typeof value === 'string' && Object.hasOwn(FUNDING_SOURCES, value)),
    fault: '应为已知的资金来源或 none',
    schema: { type: String, enum: [...Object.keys(FUNDING_SOURCES), NONE] },
  });

class LedgerFilterParameters extends AsOfParameters {
  @Uuid('项目标识', { optional: true })
  projectId?: string;

  @Region()
  region?: string;

  @RegionSet()
  regionSet?: string[];

  @YearOrNone('预算年度')
  year?: number | null;

  @SourceOrNone()
  source?: FundingSource | null;

  @Category()
  category?: ProjectCategory;

  @YearOrNone('计划投入使用的年份')
  plannedUseYear?: number | null;
}

export class LedgerParameters extends LedgerFilterParameters {
  @KeyList(
    `分组：${LEDGER_DIMENSIONS.join('、')}；不写则只有合计`,
    (key) => (LEDGER_DIMENSIONS as readonly string[]).includes(key),
    `应为 ${LEDGER_DIMENSIONS.join('、')} 中的若干，以逗号分隔`,
    'source,year',
  )
  groupBy?: LedgerDimension[];
}

export class LedgerProjectsParameters extends LedgerFilterParameters {
  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

export class AccountBalanceParameters extends LedgerFilterParameters {
  @KeyList(
    `除科目外的分组：${ACCOUNT_DIMENSIONS.join('、')}`,
    (key) => (ACCOUNT_DIMENSIONS as readonly string[]).includes(key),
    `应为 ${ACCOUNT_DIMENSIONS.join('、')} 中的若干，以逗号分隔`,
    'source,level,year',
  )
  groupBy?: AccountDimension[];
}

export class JournalParameters extends LedgerFilterParameters {
  @Uuid('事件标识', { optional: true })
  eventId?: string;

  @Text('文号或依据，与登记的完全一致', { optional: true, max: 300 })
  documentNumber?: string;

  @OneOf('环节', FUND_STAGES, { optional: true })
  stage?: FundStage;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

export class OverviewParameters extends AsOfParameters {
  @Region()
  region?: string;
}

class CapacityFilterParameters extends AsOfParameters {
  @Region()
  region?: string;

  @RegionSet()
  regionSet?: string[];

  @Category()
  category?: ProjectCategory;
}

export class YearlyCountsParameters extends CapacityFilterParameters {
  @WholeInQuery('起始年份', 1949, 2200)
  from!: number;

  @WholeInQuery('截止年份', 1949, 2200)
  to!: number;

  @OneOf('分组', { region: '所在县', category: '项目类型', none: '只有合计' }, { optional: true })
  groupBy?: 'region' | 'category' | 'none';
}

const FIGURE_LABELS: Record<CountFigure, string> = {
  planned: '计划',
  unknown: '规模未知',
  commissioned: '当年投用',
  changed: '规模变动',
  decommissioned: '停用',
  stock: '年末存量',
};
const KIND_LABELS: Record<CapacityKind, string> = {
  beds: '养老床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};

export class YearlyCountEntryParameters extends CapacityFilterParameters {
  @OneOf('哪个数', Object.fromEntries(COUNT_FIGURES.map((figure) => [figure, FIGURE_LABELS[figure]])))
  figure!: CountFigure;

  @OneOf('哪类床位或托位', Object.fromEntries(CAPACITY_KINDS.map((kind) => [kind, KIND_LABELS[kind]])))
  kind!: CapacityKind;

  @YearOrNone('年份')
  year: number | null = null;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}
