/** An exact fraction; `of` is positive. */
export interface Rational {
  part: bigint;
  of: bigint;
}

export const rational = (part: bigint, of: bigint): Rational => ({ part, of });

/** Plain decimal text without sign (`6000`, `1234.5`) as a fraction. */
export function fromDecimal(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.');
  return { part: BigInt(whole + fraction), of: 10n ** BigInt(fraction.length) };
}

export const times = (a: Rational, b: Rational): Rational => ({ part: a.part * b.part, of: a.of * b.of });
export const over = (a: Rational, b: Rational): Rational => ({ part: a.part * b.of, of: a.of * b.part });
export const minus = (a: Rational, b: Rational): Rational => ({
  part: a.part * b.of - b.part * a.of,
  of: a.of * b.of,
});
export const magnitude = ({ part, of }: Rational): Rational => ({ part: part < 0n ? -part : part, of });

/** Negative, zero or positive. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.part * b.of - b.part * a.of;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The value between two fractions, halfway. */
export const middle = (a: Rational, b: Rational): Rational => ({
  part: a.part * b.of + b.part * a.of,
  of: 2n * a.of * b.of,
});

/** Decimal text, rounded half up (away from zero) to so many places: the one rounding, when it is printed. */
export function printed({ part, of }: Rational, places: number): string {
  const scale = 10n ** BigInt(places);
  const size = part < 0n ? -part : part;
  const rounded = (size * scale * 2n + of) / (of * 2n);
  const digits = rounded.toString().padStart(places + 1, '0');
  const sign = part < 0n && rounded > 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** part ÷ of × 100 with two decimals: `104.17`. */
export const percentText = (part: bigint, of: bigint): string => printed({ part: part * 100n, of }, 2);
