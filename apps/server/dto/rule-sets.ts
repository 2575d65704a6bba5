import { RULES } from '#libs/findings/domain/rules/rules.js';
import { EvidenceBody } from './common.js';
import { DateText, ListOf, OneOf, Pattern, Text, Texts, Uuid, Whole, WholeInQuery } from './fields.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { PageQuery, ReadQuery, Region } from './queries.js';

const DAY = /^\d{4}-\d\d-\d\d$/u;
const RULE_TITLES = Object.fromEntries(RULES.map(({ id, title }) => [id, title]));

export class RuleParameterBody {
  @Text('参数名，如 M4.days', { max: 100 })
  name!: string;

  @Pattern('自何日起（YYYY-MM-DD）', DAY, '应为年-月-日')
  from!: string;

  @Text('值：整数、小数或分数', { optional: true, max: 100 })
  value?: string;

  @Texts('值：一组词', 200, { optional: true, min: 1 })
  values?: string[];

  @Text('出处')
  source!: string;
}

export class RuleSetAdoptionBody {
  @DateText('业务日期：决定采用的日期')
  effectiveDate!: string;

  @Whole('版本；已有的版本原样采用，新版为上一版加一', 1, 100_000)
  version!: number;

  @Pattern('施行的地区（行政区划代码，6 位）', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '990100' })
  region!: string;

  @Pattern('自何日起施行（YYYY-MM-DD）', DAY, '应为年-月-日')
  from!: string;

  @Text('名称（新版须写）', { optional: true })
  title?: string;

  @Text('发布机关（新版须写）', { optional: true })
  authority?: string;

  @Text('文号（新版须写）', { optional: true })
  documentNumber?: string;

  @ListOf('与上一版不同的参数；写出的参数以这里的全部取值为准', RuleParameterBody, {
    optional: true,
    max: 500,
  })
  parameters?: RuleParameterBody[];

  @Texts('判断哪些规则；默认同上一版', 100, { optional: true, min: 1 })
  rules?: string[];

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}

export class RuleSetsParameters extends ReadQuery {
  @Region()
  region?: string;

  @AsKnownAt()
  asKnownAt?: string;
}

export class RuleSetParameters extends ReadQuery {
  @WholeInQuery('版本；默认最新', 1, 100_000, { optional: true })
  version?: number;
}

export class ComparisonParameters extends PageQuery {
  @Region()
  region?: string;

  @Uuid('项目标识；与地区至少写一项', { optional: true })
  projectId?: string;

  @OneOf('规则', RULE_TITLES, { optional: true })
  rule?: string;

  @Text('判断哪一天（YYYY-MM-DD）；默认 asEffectiveOn，再默认今天', { optional: true, max: 10 })
  on?: string;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;

  @Text('一方：标识@版本；默认该地区当日施行的规则集', { optional: true, max: 100 })
  left?: string;

  @Text('另一方：标识@版本；默认该地区今日施行的规则集', { optional: true, max: 100 })
  right?: string;
}
