import { plus, rational } from '#libs/kernel/rational.js';
import { squeeze } from '#libs/kernel/text.js';
import type { PlanEventData } from '../events.js';
import { baseUnit, boundsOf, type Bounds } from '../values.js';
import type { Interval } from './compute.js';
import type { Quantity } from './quantities.js';

/**
 * The baseline that a stock counts from: of what is said of the quantity the latest year until then, and of two of one
 * year the one recorded last. @param lines of one region, in the order recorded
 */
export function baselineOf<L extends { data: PlanEventData<'BaselineRecorded'> }>(
  lines: readonly L[],
  { statistics, unit, capacity }: Quantity,
  year: number,
): L | undefined {
  const names = new Set(statistics.map(squeeze));
  return lines
    .filter(
      ({ data }) =>
        data.year !== undefined &&
        data.year <= year &&
        names.has(squeeze(data.indicator)) &&
        baseUnit(data.unit).unit === unit &&
        (data.scope === undefined || data.scope === (capacity?.scope ?? 'all')) &&
        boundsOf(data.value, data.unit) !== undefined,
    )
    .reduce<L | undefined>(
      (best, line) => (best === undefined || line.data.year! >= best.data.year! ? line : best),
      undefined,
    );
}

/**
 * A baseline and what projects changed since. Without a baseline the projects are the least there is; beds of unknown
 * scope may count or not.
 */
export function stockOf(
  base: Pick<Bounds, 'low' | 'high'> | undefined,
  net: number,
  unscoped: number,
): Interval {
  const added = rational(BigInt(net), 1n);
  const spare = rational(BigInt(Math.max(0, unscoped)), 1n);
  const low = base?.low ? plus(base.low, added) : added;
  return { low, high: base?.high ? plus(plus(base.high, added), spare) : null };
}
