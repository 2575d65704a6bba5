import type { RegionCode } from '#libs/kernel/regions.js';
import type { PlanFigures } from '#libs/plans/domain/contradictions/contradiction.js';
import type { Quantity } from '#libs/plans/domain/indicators/quantities.js';
import type { FigureKey } from '#libs/statistics/domain/figures.js';
import type { Outcome } from './outcome.js';
import type { Parameters } from './parameters.js';
import type { RuleHead } from './rule.js';
import type { SupplySum } from './supply.js';

/** A figure of the annual report that was checked. */
export interface CheckedFigure {
  /** Whole number in the figure's unit, fen for money; null: reported as unknown. */
  value: string | null;
  reportedBy: string;
  submission: string;
  check: string;
}

/** A region in one year as rules see it: its checked statistics, what plans print of it, and its projects. */
export interface RegionYear {
  region: RegionCode;
  year: number;
  checked: ReadonlyMap<FigureKey, CheckedFigure>;
  /** Why a recorded figure is not what the projects add up to. */
  explanations: readonly { figure: string; explanation: string; eventId: string }[];
  /** What plans of divisions say about the region, whichever plan it is. */
  figures: PlanFigures;
  /** What came into use, changed and left use after one year and until the end of another. */
  moved(capacity: NonNullable<Quantity['capacity']>, after: number, until: number): SupplySum;
}

/** A rule on a region in one year. */
export interface RegionRule extends RuleHead {
  subject: 'region';
  evaluate(region: RegionYear, parameters: Parameters): Outcome;
}
