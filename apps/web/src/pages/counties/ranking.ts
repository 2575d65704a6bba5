import { compare, fromDecimal, over, type Rational } from '#libs/kernel/rational.js';
import type { Schema } from '../../api/paths.js';

export type IndicatorTable = Schema<'IndicatorComparison'>;
export type Row = IndicatorTable['rows'][number];
export type Value = Row['values'][number];

/** Columns that say how regions do; the rest are counts and compositions, which say how large they are. */
export const COMPARED = [
  'placesPerThousand',
  'bedsPerThousandAged60',
  'nursingShare',
  'inclusiveShare',
  'completedRate',
  'disbursementRate',
  'arrivalRateOfAllocated',
  'paymentRateOfReceived',
  'startRate',
  'inUseRate',
] as const;

/** `62795/24292` or `4.5`, exact. */
export function exactOf(text: string): Rational {
  const [part = '', of] = text.split('/');
  const isNegative = part.startsWith('-');
  const size = fromDecimal(part.replace('-', ''));
  const number = { part: isNegative ? -size.part : size.part, of: size.of };
  return of === undefined ? number : over(number, fromDecimal(of));
}

/** The exact value; undefined where nothing or only a bound is known: a bound has no rank. */
export function rankable({ value }: Value): Rational | undefined {
  return value !== null && value.low === value.high ? exactOf(value.low) : undefined;
}

/** Ranks from 1, compared unrounded, equal values sharing theirs; undefined for what has none. */
export function ranksOf(values: readonly Value[], direction: 'up' | 'down'): (number | undefined)[] {
  const exact = values.map(rankable);
  const better = (a: Rational, b: Rational): boolean =>
    direction === 'up' ? compare(a, b) > 0 : compare(a, b) < 0;
  return exact.map((own) => own && 1 + exact.filter((other) => other && better(other, own)).length);
}

/** Four shades by place among those ranked: 0 the best quarter. */
export function shadeOf(rank: number | undefined, ranked: number): number | undefined {
  if (rank === undefined || ranked < 2) return undefined;
  return Math.min(3, Math.floor(((rank - 1) * 4) / ranked));
}

export interface Ranked {
  row: Row;
  value: Value;
  rank: number | undefined;
}

/** Rows in the order of an indicator: the ranked first, then the rest as they came. */
export function ranking(rows: readonly Row[], column: number, direction: 'up' | 'down'): Ranked[] {
  const values = rows.map((row) => row.values[column]!);
  const ranks = ranksOf(values, direction);
  return rows
    .map((row, n) => ({ row, value: values[n]!, rank: ranks[n] }))
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
}

/** Only the length of a bar. */
export function lengthOf(value: Value): number {
  if (value.value === null) return 0;
  const { part, of } = exactOf(value.value.low);
  return Number((part * 1_000_000n) / of) / 1_000_000;
}
