import type { MoneyView } from '#libs/kernel/money.js';
import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { HandlingState } from '#libs/findings/domain/handling.js';
import type { Severity } from '#libs/findings/domain/outcome.js';
import type { RuleCategory } from '#libs/findings/domain/rule.js';
import type { SubjectKind } from '#libs/findings/domain/subjects.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { Labelled, RegionSet } from '../views.js';
import { findingsProjection } from './projection.js';

/** What a rule says of its subject on a day. `ripening`: it fails from a later day, unless something is recorded. */
export const FINDING_STATUSES = {
  failing: '存在疑点',
  ripening: '尚未到期',
  pass: '通过',
  notApplicable: '不适用',
} as const;
export type FindingStatus = keyof typeof FINDING_STATUSES;

export interface FindingItemView {
  /** On the day asked; null while it has not come that far. */
  severity: Labelled<Severity> | null;
  /** First day on which it counts, `YYYY-MM-DD`. */
  failsFrom: string;
  /** By name; amounts in both printings. */
  figures: Record<string, string | MoneyView>;
  /** Ids of the events behind it. */
  events: string[];
  sentence: string;
}

export interface FindingView {
  /** `M8-<project id>`: the rule and the subject. */
  id: string;
  rule: { id: string; version: number; title: string; category: Labelled<RuleCategory>; basis: string };
  /** The thresholds it was judged by. */
  ruleSet: { id: string; version: number };
  subject: { kind: Labelled<SubjectKind>; id: string; name: string };
  /** The subject, where it is a project; else null, as is its category. */
  project: { id: string; name: string } | null;
  category: Labelled<ProjectCategory> | null;
  regions: RegionSet;
  status: Labelled<FindingStatus>;
  severity: Labelled<Severity> | null;
  /** First day on which any of its items counts; null where nothing fails. */
  failsFrom: string | null;
  items: FindingItemView[];
  /** Why the rule does not apply; null where it does. */
  why: string | null;
  handling: Labelled<HandlingState>;
  /** Something was done about it, but the facts have changed since. */
  reopened: boolean;
  /** Digest of the facts it fails by: what a step of its handling is about. Null where it does not fail. */
  basis: string | null;
  /** When this outcome became known, ISO 8601. */
  knownSince: string;
}

export interface HandlingStepView {
  eventId: string;
  kind: Labelled<HandlingState>;
  effectiveDate: PartialDate;
  recordedAt: string;
  actor: Actor;
  /** `explanation`, `reason`, `authority`, `documentNumber`, `measures` or `note`, by kind. */
  said: Record<string, string>;
  /** Whether it is about the facts as they are. */
  current: boolean;
}

export interface FindingDetail extends FindingView {
  /** What people did about it, oldest first. */
  steps: HandlingStepView[];
}

export interface FindingMoment {
  /** Day that findings are asked for, `YYYY-MM-DD`. Default: today in China. */
  on?: string;
  /** Instant, ISO 8601 with zone: what the records said then. Default: all that is known. */
  asKnownAt?: string;
  /** Day, `YYYY-MM-DD`: only what was effective by then, judged for that day unless `on` names another. */
  asEffectiveOn?: string;
}

export interface FindingFilter extends FindingMoment {
  rule?: string;
  ruleCategory?: RuleCategory;
  severity?: Severity;
  /** Default `failing`. */
  status?: FindingStatus;
  handling?: HandlingState;
  category?: ProjectCategory;
  region?: RegionCode;
  subjectKind?: SubjectKind;
  /** Of any kind; a project may be named either way. */
  subjectId?: string;
  projectId?: string;
}

/** Findings rule by rule, then in the order their subjects came to be. @throws Refusal `paging.…`, `asOf.unreadable` */
export class FindingsQuery extends ReadModelQuery<Page<FindingView>> {
  constructor(readonly params: FindingFilter & PageRequest) {
    super(findingsProjection);
  }
}

export interface FindingCounts {
  /** Rules with findings, the most serious first. */
  items: {
    rule: { id: string; title: string };
    category: Labelled<RuleCategory>;
    failing: number;
    bySeverity: { severity: Labelled<Severity>; count: number }[];
  }[];
}

/** How many findings there are, rule by rule; handled ones too, while they fail. @throws Refusal `asOf.unreadable` */
export class FindingCountsQuery extends ReadModelQuery<FindingCounts> {
  constructor(readonly params: FindingMoment & Pick<FindingFilter, 'region'>) {
    super(findingsProjection);
  }
}

/** What one rule says of one subject, and what was done about it; null where there is none of this id. */
export class FindingQuery extends ReadModelQuery<FindingDetail | null> {
  constructor(
    readonly id: string,
    readonly moment: FindingMoment = {},
  ) {
    super(findingsProjection);
  }
}
