import { HANDLING_STATES, type HandlingState } from '#libs/findings/domain/handling.js';
import { SEVERITIES, type Severity } from '#libs/findings/domain/outcome.js';
import { RULE_CATEGORIES, type RuleCategory } from '#libs/findings/domain/rule.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import { SUBJECT_KINDS, type SubjectKind } from '#libs/findings/domain/subjects.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { FINDING_STATUSES, type FindingStatus } from '#libs/read-models/findings/queries.js';
import { EvidenceBody } from './common.js';
import { DateText, ListOf, OneOf, Pattern, Text, Uuid } from './fields.js';
import { AsEffectiveOn, AsKnownAt } from './figure-queries.js';
import { Category, Cursor, Limit, ReadQuery, Region } from './queries.js';

const RULE_TITLES = Object.fromEntries(RULES.map(({ id, title }) => [id, title]));

export class FindingMomentParameters extends ReadQuery {
  @Text('哪一天的疑点（YYYY-MM-DD），默认今天；到期类规则按此日判断', { optional: true, max: 10 })
  on?: string;

  @AsKnownAt()
  asKnownAt?: string;

  @AsEffectiveOn()
  asEffectiveOn?: string;
}

export class FindingCountsParameters extends FindingMomentParameters {
  @Region()
  region?: string;
}

export class FindingsParameters extends FindingMomentParameters {
  @OneOf('规则', RULE_TITLES, { optional: true })
  rule?: string;

  @OneOf('规则类别', RULE_CATEGORIES, { optional: true })
  ruleCategory?: RuleCategory;

  @OneOf('严重程度', SEVERITIES, { optional: true })
  severity?: Severity;

  @OneOf('结果，默认 failing', FINDING_STATUSES, { optional: true })
  status?: FindingStatus;

  @OneOf('处理情况', HANDLING_STATES, { optional: true })
  handling?: HandlingState;

  @Category()
  category?: ProjectCategory;

  @Region()
  region?: string;

  @OneOf('疑点的对象', SUBJECT_KINDS, { optional: true })
  subjectKind?: SubjectKind;

  @Uuid('项目标识', { optional: true })
  projectId?: string;

  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

/** What every step of handling a finding carries. */
export class FindingStepBody {
  @DateText('业务日期：办理的日期')
  effectiveDate!: string;

  @Pattern('办理者所见疑点的 basis；所依据的事实已变化则拒绝', /^[0-9a-f]{64}$/u, '应为疑点答复中的 basis')
  basis!: string;

  @ListOf('依据', EvidenceBody, { optional: true, max: 20 })
  evidence?: EvidenceBody[];
}

export class ExplanationBody extends FindingStepBody {
  @Text('情况说明', { max: 2000 })
  explanation!: string;
}

export class WaiverBody extends FindingStepBody {
  @Text('豁免理由', { max: 2000 })
  reason!: string;

  @Text('批准豁免的机关')
  authority!: string;

  @Text('批准文号', { optional: true })
  documentNumber?: string;
}

export class RectificationBody extends FindingStepBody {
  @Text('整改措施和结果', { max: 2000 })
  measures!: string;
}

export class ClosureBody extends FindingStepBody {
  @Text('核实情况', { max: 2000 })
  note!: string;
}
