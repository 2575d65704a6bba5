import type { RegionCode } from '#libs/kernel/regions.js';
import type { QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf } from '../views.js';
import { INDICATOR_PROJECTIONS } from './projections.js';

/** Where the number of a part comes from. */
export const PART_SOURCES = {
  statistics: '已审核的统计数',
  statisticsAndProjects: '已审核的统计数与项目增减',
  baseline: '基期登记数',
  baselineAndProjects: '基期登记数与项目增减',
  projects: '项目（没有基期数，为下限）',
  population: '人口登记数',
  ledger: '投资台账',
  register: '项目登记',
  missing: '未登记',
} as const;
export type PartSource = keyof typeof PART_SOURCES;

/** A figure in a document that a part rests on. */
export interface PartEvidence {
  eventId: string;
  /** The plan that prints it; null where a unit reported it: `locator` then names year and unit. */
  planId: string | null;
  document: string;
  locator: string;
  /** As printed: 485.84万人. */
  printed: string;
}

/** A figure that is recorded of the same thing and was not taken. */
export interface UnusedFigure extends PartEvidence {
  /** Not checked yet, or a newer or checked one goes before. */
  why: string;
}

/** Numerator or denominator. */
export interface IndicatorPart {
  quantity: QuantityId;
  label: string;
  unit: string;
  /** Exact, as decimal text or a fraction; null where nothing is known. `high` null: at least `low`. */
  low: string | null;
  high: string | null;
  source: { key: PartSource; label: string };
  /** The last day that the number speaks of, `YYYY-MM-DD`; null where nothing is known. */
  asOf: string | null;
  /** How it adds up, in words. */
  explanation: string;
  evidence: PartEvidence[];
  notUsed: UnusedFigure[];
  /** Ids of the events behind it, in the order recorded: the first `LISTED_EVENTS` of them. */
  events: string[];
  /** Of all of them, each once. */
  eventCount: number;
  /** SHA-256 over all the ids, sorted and joined by commas; null where there are none, or for sums of the ledger. */
  eventDigest: string | null;
}

export const LISTED_EVENTS = 100;

/** A computed value: the ends meet where it is exact; `high` null: at least `low`. */
export interface ComputedValue {
  /** Exact: decimal text or a fraction in lowest terms. */
  low: string;
  high: string | null;
  /** Rounded half up to the definition's decimals: `2.585`, `2.585—2.626`, `≥2.585`. */
  printed: string;
}

export interface IndicatorAnswer {
  indicator: {
    id: string;
    version: number;
    name: string;
    unit: string;
    factor: number;
    decimals: number;
    scope: string;
    direction: 'up' | 'down';
  };
  /** In words: 托位 ÷ 常住人口 × 1000. */
  formula: string;
  numerator: IndicatorPart;
  /** null: the indicator is the numerator itself. */
  denominator: IndicatorPart | null;
  /** null where it cannot be computed; `why` then says what is missing. */
  value: ComputedValue | null;
  why: string | null;
}

export interface RegionIndicators {
  region: { code: RegionCode; name: string };
  year: number;
  /** In the order of the definitions. */
  items: IndicatorAnswer[];
}

export interface IndicatorReport {
  /** SHA-256 over the definitions used (RFC 8785): an evaluation seals it. */
  definitionsDigest: string;
  /** Every region and year asked for: by region, then year. */
  answers: RegionIndicators[];
}

/**
 * Indicators of regions at the ends of years, with all that they rest on. Many regions and years are asked together:
 * each table is read once. @throws Refusal `indicators.unknown`, `indicators.tooMany`, `asOf.unreadable`
 */
export class IndicatorsQuery extends ReadModelQuery<IndicatorReport> {
  constructor(
    readonly params: AsOf & {
      regions: readonly RegionCode[];
      years: readonly number[];
      /** Ids or names of definitions; all where left out. */
      indicators?: readonly string[];
    },
  ) {
    super(...INDICATOR_PROJECTIONS);
  }
}
