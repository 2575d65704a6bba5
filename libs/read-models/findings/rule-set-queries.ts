import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Parameter } from '#libs/findings/domain/parameters.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf, Labelled } from '../views.js';
import { findingsProjection } from './projection.js';
import type { FindingItemView, FindingStatus, FindingView } from './queries.js';

export interface RuleSetRef {
  id: string;
  version: number;
  title: string;
}

/** A version of a rule set that is in force somewhere from a day; what is shipped is in force everywhere. */
export interface RuleSetAdoptionView extends RuleSetRef {
  authority: string;
  documentNumber: string;
  /** Null: everywhere. */
  region: Labelled<RegionCode> | null;
  /** First day, `YYYY-MM-DD`. */
  from: string;
  /** A later version of it that is shipped, which the region may adopt; null where there is none. */
  newer: number | null;
  /** Who adopted it; null for what is shipped. */
  adopted: { eventId: string; effectiveDate: PartialDate; recordedAt: string; actor: Actor } | null;
}

export interface RuleSetView extends RuleSetRef {
  authority: string;
  documentNumber: string;
  parameters: Parameter[];
  rules: { id: string; version: number; title: string }[];
  adoptions: RuleSetAdoptionView[];
}

/** Adoptions in the order recorded, the shipped set first; with a region, those that can apply in it. */
export class RuleSetsQuery extends ReadModelQuery<{ items: RuleSetAdoptionView[]; nextCursor: null }> {
  constructor(readonly params: { region?: RegionCode; asKnownAt?: string } = {}) {
    super(findingsProjection);
  }
}

/** One version of a set, the latest by default; null where there is none. */
export class RuleSetQuery extends ReadModelQuery<RuleSetView | null> {
  constructor(
    readonly id: string,
    readonly version?: number,
  ) {
    super(findingsProjection);
  }
}

/** What one set says of a finding. */
export interface JudgedSide {
  status: Labelled<FindingStatus>;
  severity: FindingView['severity'];
  failsFrom: string | null;
  items: FindingItemView[];
  why: string | null;
}

export interface JudgedDifference extends Pick<
  FindingView,
  'id' | 'rule' | 'subject' | 'category' | 'regions'
> {
  left: JudgedSide;
  right: JudgedSide;
}

export interface JudgedComparison extends Page<JudgedDifference> {
  left: RuleSetRef;
  right: RuleSetRef;
  /** The day judged for. */
  on: string;
  /** Outcomes that both sets agree in, and all that were compared. */
  same: number;
  compared: number;
}

export interface ComparisonAsked extends AsOf {
  /** One of the two is needed. */
  region?: RegionCode;
  projectId?: string;
  rule?: string;
  /** Day judged for; default: `asEffectiveOn`, else today. */
  on?: string;
  /** `id@version`. Default: left what is in force in the region on the day, right what is in force there today. */
  left?: string;
  right?: string;
}

/**
 * The same facts by two rule sets: the findings that differ, side by side.
 * @throws Refusal `ruleSet.unknown`, `ruleSet.noScope`, `asOf.unreadable`, `paging.…`
 */
export class CompareRuleSetsQuery extends ReadModelQuery<JudgedComparison> {
  constructor(readonly params: ComparisonAsked & PageRequest) {
    super(findingsProjection);
  }
}
