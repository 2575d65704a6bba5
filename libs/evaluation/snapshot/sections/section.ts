import type { RegionCode } from '#libs/kernel/regions.js';
import type { ItemScore } from '../../domain/events.js';
import type { RateSums } from '../../domain/rates.js';
import type { Measures } from '../../domain/sheet/score.js';
import type { Moment } from '../at-one-position.js';
import type { RuleSet } from '#libs/findings/domain/rule-sets.js';
import type { Entry } from '../entry.js';
import type { SectionName } from '../section-labels.js';
import type { StandingPlan } from '../standing-plans.js';

/** What sections are told by, and what an earlier one has added up for a later one. */
export interface SectionContext {
  moment: Moment;
  region: RegionCode;
  year: number;
  /** 31 December of the year: what counts is what was certain on it. */
  day: string;
  /** The rule set in force in the region on that day. */
  ruleSet: RuleSet;
  /** Plans of the region and inside it whose period has the year in it. */
  plans: readonly StandingPlan[];
  /** The last score of each judged item, up to the position. */
  scores: ReadonlyMap<string, ItemScore>;
  /** By the set of divisions that projects stand in, their codes joined by `+`; and over all. Filled by the ledger. */
  rates: { byRegion: Map<string, RateSums>; total: RateSums };
  /** Shares that points are derived from, by whichever section knows them. */
  measures: Measures;
}

/** A part of the snapshot. Entries come in the order of their keys. */
export interface Section {
  name: SectionName;
  entries(context: SectionContext): AsyncIterable<Entry>;
}

export const regionKey = (regions: readonly RegionCode[]): string => [...regions].sort().join('+') || '-';
