/** Compares two plain decimal texts without sign (`12.5`, `100`), exactly. Negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const decimals = Math.max(fraction(a).length, fraction(b).length);
  const left = scaled(a, decimals);
  const right = scaled(b, decimals);
  return left < right ? -1 : left > right ? 1 : 0;
}

function scaled(text: string, decimals: number): bigint {
  return BigInt(text.split('.')[0]! + fraction(text).padEnd(decimals, '0'));
}

function fraction(text: string): string {
  return text.split('.')[1] ?? '';
}
