import { fromDecimal, printed, rational, type Rational } from '#libs/kernel/rational.js';
import type { ItemScore } from '../events.js';
import type { DerivedMeasure, SheetItem, SheetTemplate } from './template.js';

/** A share as the snapshot tells it: so many of so many. `of` 0 or null: there is nothing to judge by. */
export interface Share {
  part: bigint;
  of: bigint;
}
export type Measures = Partial<Record<DerivedMeasure, Share | null>>;

export interface ScoredItem {
  item: SheetItem;
  /** null: not judged yet, or nothing to derive it from; neither is zero. */
  points: Rational | null;
  share: Share | null;
  score: ItemScore | null;
}

export interface ScoredSheet {
  items: ScoredItem[];
  /** Sum of the exact points. */
  total: Rational;
  /** Weights of the items that have points: what `total` is out of. */
  weightScored: number;
  /** Weights of the items without. */
  weightOpen: number;
}

/** Every item with its points, exact; they are rounded once, when printed. */
export function scoredSheet(
  { items }: SheetTemplate,
  measures: Measures,
  scores: ReadonlyMap<string, ItemScore>,
): ScoredSheet {
  const scored = items.map((item): ScoredItem => {
    if (item.scoring.kind === 'derived') {
      const share = measures[item.scoring.measure] ?? null;
      const judgeable = share !== null && share.of > 0n;
      return { item, points: judgeable ? pointsOf(item.weight, share) : null, share, score: null };
    }
    const score = scores.get(item.id) ?? null;
    return { item, points: score && fromDecimal(score.points), share: null, score };
  });
  const withPoints = scored.filter(({ points }) => points !== null);
  const weightScored = withPoints.reduce((sum, { item }) => sum + item.weight, 0);
  return {
    items: scored,
    total: withPoints.reduce((sum, { points }) => plus(sum, points!), rational(0n, 1n)),
    weightScored,
    weightOpen: items.reduce((sum, { weight }) => sum + weight, 0) - weightScored,
  };
}

export const printPoints = (points: Rational): string => printed(points, 2);

function pointsOf(weight: number, { part, of }: Share): Rational {
  const counted = part > of ? of : part < 0n ? 0n : part;
  return rational(BigInt(weight) * counted, of);
}

const plus = (a: Rational, b: Rational): Rational => rational(a.part * b.of + b.part * a.of, a.of * b.of);
