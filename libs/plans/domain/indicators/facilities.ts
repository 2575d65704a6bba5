import { plus, rational, type Rational } from '#libs/kernel/rational.js';
import type { Bounds } from '../values.js';
import type { QuantityId } from './quantities.js';
import { stockOf } from './stock.js';

/** What annual statistics report of beds and places, each in its scope, and facilities add up to as well. */
export const COMPARED = [
  'beds',
  'institutionBeds',
  'institutionNursingBeds',
  'places',
  'inclusivePlaces',
] as const satisfies readonly QuantityId[];

/** The most that a baseline and the projects since account for: beds that say no scope may be of the one asked. */
export function facilitiesOf(
  base: Pick<Bounds, 'low' | 'high'> | undefined,
  net: number,
  unscoped: number,
): Rational {
  const { low, high } = stockOf(base, net, unscoped);
  return high ?? plus(low, rational(BigInt(Math.max(0, unscoped)), 1n));
}
