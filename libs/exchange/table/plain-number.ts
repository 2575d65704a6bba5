/** Digits a spreadsheet shows of a stored number; behind them is only the noise of its binary form. */
const SIGNIFICANT = 15;
/** Beyond this no figure of a list is meant; it also bounds the zeros that an exponent can ask for. */
const LARGEST_EXPONENT = 30;

/**
 * A stored number (`1.75E3`, `1234.5600000000001`) as the decimal that was typed (`1750`, `1234.56`): rounded half up
 * to 15 significant digits, on the digits themselves, so no float comes near an amount.
 *
 * @returns undefined where the text is no number or out of all proportion
 */
export function plainNumber(text: string): string | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/u.exec(text.trim());
  if (!match || (match[2] === '' && match[3] === '')) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/u, '');
  if (digits === '') return '0';
  const leadingZeros = whole.length + fraction.length - digits.length;
  const pointAt = whole.length - leadingZeros + Number(exponentText);
  if (Math.abs(pointAt) > LARGEST_EXPONENT) return undefined;
  const kept = rounded(digits);
  const plain = place(kept.digits, pointAt + kept.carried);
  return sign === '-' ? `-${plain}` : plain;
}

function rounded(digits: string): { digits: string; carried: number } {
  if (digits.length <= SIGNIFICANT) return { digits, carried: 0 };
  const up = digits[SIGNIFICANT]! >= '5' ? 1n : 0n;
  const kept = (BigInt(digits.slice(0, SIGNIFICANT)) + up).toString();
  return { digits: kept, carried: kept.length - SIGNIFICANT };
}

function place(digits: string, pointAt: number): string {
  const whole = pointAt > 0 ? digits.slice(0, pointAt).padEnd(pointAt, '0') : '0';
  const fraction = (pointAt > 0 ? digits.slice(pointAt) : '0'.repeat(-pointAt) + digits).replace(/0+$/u, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
