import { Type, type Static, type TSchema } from 'typebox';
import { compare, fromDecimal, times, type Rational } from '#libs/kernel/rational.js';
import { VALUE_KINDS } from './vocabulary.js';

const object = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** Exact decimal text without sign: `485.84`, `80`. */
export const DECIMAL_PATTERN = '^(0|[1-9]\\d{0,17})(\\.\\d{1,9})?$';
export const Decimal = Type.String({ pattern: DECIMAL_PATTERN });
const SINGLE = ['exact', 'atLeast', 'moreThan', 'atMost', 'lessThan'] as const;

/** A value as printed, in the printed unit. */
export const PrintedValue = Type.Union([
  object({ kind: Type.Enum([...SINGLE]), value: Decimal }),
  object({ kind: Type.Literal('range'), low: Decimal, high: Decimal }),
  object({ kind: Type.Literal('unknown') }),
]);
export type PrintedValue = Static<typeof PrintedValue>;

/** What a value allows: an end that is undefined is open, `…Open` leaves the end itself out. */
export interface Bounds {
  low: Rational | undefined;
  high: Rational | undefined;
  lowOpen: boolean;
  highOpen: boolean;
}

/** 万张 counts in 张, ten thousand at a time; a unit without such a prefix is itself. */
export function baseUnit(unit: string): { unit: string; times: bigint } {
  const [factor, rest] = unit.startsWith('亿')
    ? [100_000_000n, unit.slice(1)]
    : unit.startsWith('万')
      ? [10_000n, unit.slice(1)]
      : [1n, unit];
  return { unit: rest, times: factor };
}

/** The bounds in the base unit; undefined where the value is unknown. */
export function boundsOf(value: PrintedValue, unit: string): Bounds | undefined {
  const { times: factor } = baseUnit(unit);
  const scaled = (text: string) => times(fromDecimal(text), { part: factor, of: 1n });
  const closed = { lowOpen: false, highOpen: false };
  switch (value.kind) {
    case 'unknown':
      return undefined;
    case 'range':
      return { low: scaled(value.low), high: scaled(value.high), ...closed };
    case 'exact':
      return { low: scaled(value.value), high: scaled(value.value), ...closed };
    case 'atLeast':
    case 'moreThan':
      return { low: scaled(value.value), high: undefined, ...closed, lowOpen: value.kind === 'moreThan' };
    case 'atMost':
    case 'lessThan':
      return { low: undefined, high: scaled(value.value), ...closed, highOpen: value.kind === 'lessThan' };
  }
}

/** The one number of the value in the base unit, whatever its sign; undefined for ranges and unknown values. */
export function numberIn(value: PrintedValue, unit: string): Rational | undefined {
  if (value.kind === 'range' || value.kind === 'unknown') return undefined;
  return times(fromDecimal(value.value), { part: baseUnit(unit).times, of: 1n });
}

/** Whether a range runs upwards. */
export function isOrdered(value: PrintedValue): boolean {
  return value.kind !== 'range' || compare(fromDecimal(value.low), fromDecimal(value.high)) < 0;
}

/** `≥60%`, `100—200张`, `4.5个`, `未列`. */
export function printedText(value: PrintedValue, unit: string): string {
  if (value.kind === 'unknown') return VALUE_KINDS.unknown;
  if (value.kind === 'range') return `${value.low}${VALUE_KINDS.range}${value.high}${unit}`;
  return `${value.kind === 'exact' ? '' : VALUE_KINDS[value.kind]}${value.value}${unit}`;
}
