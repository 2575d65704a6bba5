import {
  ceiling,
  compare,
  fromDecimal,
  over,
  printed,
  rational,
  times,
  type Rational,
} from '#libs/kernel/rational.js';
import { numberIn, type PrintedValue } from '../values.js';

/** What is known of a number: exact where the ends meet, at least `low` where `high` is null. */
export interface Interval {
  low: Rational;
  high: Rational | null;
}

export const exactly = (value: Rational): Interval => ({ low: value, high: value });
export const isExact = ({ low, high }: Interval): boolean => high !== null && compare(low, high) === 0;

/** numerator ÷ denominator × factor; undefined where the denominator may be zero. Sums come before ratios. */
export function ratioOf(
  numerator: Interval,
  denominator: Interval,
  factor: 1 | 100 | 1000,
): Interval | undefined {
  if (denominator.low.part <= 0n) return undefined;
  const by = rational(BigInt(factor), 1n);
  const low = denominator.high === null ? rational(0n, 1n) : times(over(numerator.low, denominator.high), by);
  const high = numerator.high === null ? null : times(over(numerator.high, denominator.low), by);
  return { low, high };
}

/** Whether a computed value is what a target asks for. */
export interface Judgement {
  /** `open`: not known exactly enough to tell. */
  verdict: 'reached' | 'missed' | 'open';
  /** The value misses the target, but the value rounded as the target is printed would reach it. */
  onlyRounded: boolean;
}

/**
 * Compares unrounded. A target printed as a plain number (达到4.5) is reached from that number on, in the better
 * direction; ≥ > ≤ < ask what they say; of a range the nearer end.
 */
export function judge(
  value: Interval,
  target: PrintedValue,
  unit: string,
  direction: 'up' | 'down',
): Judgement {
  const asked = askedOf(target, unit, direction);
  if (!asked) return { verdict: 'open', onlyRounded: false };
  const low = holds(value.low, asked);
  const high = value.high === null ? asked.upwards : holds(value.high, asked);
  if (low !== high) return { verdict: 'open', onlyRounded: false };
  if (low) return { verdict: 'reached', onlyRounded: false };
  const rounded = value.high !== null && holds(roundedTo(value.high, asked.decimals), asked);
  return { verdict: 'missed', onlyRounded: rounded };
}

/** How large the numerator must be for the target: the smallest whole number that reaches it. Undefined for ≤ and <. */
export function neededNumerator(
  target: PrintedValue,
  unit: string,
  denominator: Rational,
  factor: 1 | 100 | 1000,
): bigint | undefined {
  const asked = askedOf(target, unit, 'up');
  if (!asked?.upwards) return undefined;
  const exact = over(times(asked.bound, denominator), rational(BigInt(factor), 1n));
  const whole = ceiling(exact);
  return asked.strict && compare(rational(whole, 1n), exact) === 0 ? whole + 1n : whole;
}

/** The value as it reads with so many decimals. */
export function roundedTo(value: Rational, decimals: number): Rational {
  const text = printed(value, decimals);
  const size = fromDecimal(text.replace('-', ''));
  return text.startsWith('-') ? { part: -size.part, of: size.of } : size;
}

/** Places behind the point of a printed number: what it was rounded to. */
export const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

interface Asked {
  bound: Rational;
  upwards: boolean;
  strict: boolean;
  decimals: number;
}

function askedOf(target: PrintedValue, unit: string, direction: 'up' | 'down'): Asked | undefined {
  if (target.kind === 'unknown') return undefined;
  if (target.kind === 'range') {
    const value = direction === 'up' ? target.low : target.high;
    return askedOf({ kind: direction === 'up' ? 'atLeast' : 'atMost', value }, unit, direction);
  }
  const { kind, value } = target;
  const upwards = kind === 'exact' ? direction === 'up' : kind === 'atLeast' || kind === 'moreThan';
  return {
    bound: numberIn(target, unit)!,
    upwards,
    strict: kind === 'moreThan' || kind === 'lessThan',
    decimals: decimalsOf(value),
  };
}

function holds(value: Rational, { bound, upwards, strict }: Asked): boolean {
  const order = compare(value, bound);
  if (order === 0) return !strict;
  return upwards ? order > 0 : order < 0;
}
