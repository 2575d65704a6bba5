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
export const plus = (a: Rational, b: Rational): Rational => ({
  part: a.part * b.of + b.part * a.of,
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

/** The one way to spell a value: two fractions are equal when theirs are. */
export function inLowestTerms({ part, of }: Rational): Rational {
  const common = divisor(part < 0n ? -part : part, of);
  return { part: part / common, of: of / common };
}

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

/** The smallest whole number that is not below the value. */
export const ceiling = ({ part, of }: Rational): bigint =>
  part >= 0n ? (part + of - 1n) / of : -(-part / of);

/** The value in full: decimal text where it ends (`4858400`, `4.5`), else a fraction in lowest terms (`62795/24292`). */
export function exactText(value: Rational): string {
  const { part, of } = inLowestTerms(value);
  const places = placesOf(of);
  return places === undefined ? `${part}/${of}` : printed({ part, of }, places);
}

const FRACTION = /^(?<part>-?\d+)\/(?<of>\d+)$/u;
export const isFractionText = (exact: string): boolean => FRACTION.test(exact);

/** Exact text as people read it: a fraction as `≈2.585007`, to six places; what ends stays as it is. */
export function readableText(exact: string): string {
  const { part = '', of = '' } = FRACTION.exec(exact)?.groups ?? {};
  return part === '' ? exact : `≈${printed({ part: BigInt(part), of: BigInt(of) }, 6)}`;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/** How many decimals 1 ÷ n has; undefined where they never end. */
function placesOf(n: bigint): number | undefined {
  let [rest, twos, fives] = [n, 0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}
