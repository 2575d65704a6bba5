import { squeeze } from '#libs/kernel/text.js';
import type { PrintedValue } from '#libs/plans/domain/values.js';
import { saysNothing } from '../layout/amounts.js';

const NUMBER = '(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d{1,9})?';
const RANGE = new RegExp(`^${NUMBER}(?:%|‰)?[—–~~至-]${NUMBER}(%|‰)?$`, 'u');
const SINGLE = new RegExp(
  `^(≥|>=|≧|不低于|不少于|>|超过|≤|<=|≦|不高于|不超过|<|=|达到)?${NUMBER}(%|‰)?(以上|以下|余)?$`,
  'u',
);
const KINDS: Readonly<Record<string, 'atLeast' | 'moreThan' | 'atMost' | 'lessThan'>> = {
  '≥': 'atLeast',
  '>=': 'atLeast',
  '≧': 'atLeast',
  不低于: 'atLeast',
  不少于: 'atLeast',
  以上: 'atLeast',
  '>': 'moreThan',
  超过: 'moreThan',
  余: 'moreThan',
  '≤': 'atMost',
  '<=': 'atMost',
  '≦': 'atMost',
  不高于: 'atMost',
  不超过: 'atMost',
  以下: 'atMost',
  '<': 'lessThan',
};

/** Plain decimal text, without thousands separators; undefined where it is none or too long to be meant. */
export function plainDecimal(text: string): string | undefined {
  const match = new RegExp(`^${NUMBER}$`, 'u').exec(squeeze(text));
  return match ? decimal(match[1]!, match[2]) : undefined;
}

/** ≥60%, 60以上, 100—200, 4.5, — as they stand in a cell; `mark` is the % that the cell itself prints. */
export function readPrintedValue(text: string): { value: PrintedValue; mark?: string } | undefined {
  const plain = squeeze(text);
  if (saysNothing(plain)) return { value: { kind: 'unknown' } };
  const range = RANGE.exec(plain);
  if (range) {
    const [low, high] = [decimal(range[1]!, range[2]), decimal(range[3]!, range[4])];
    if (low === undefined || high === undefined) return undefined;
    return { value: { kind: 'range', low, high }, ...(range[5] !== undefined && { mark: range[5] }) };
  }
  const single = SINGLE.exec(plain);
  if (!single) return undefined;
  const [, sign = '', whole = '', fraction, mark, tail = ''] = single;
  const value = decimal(whole, fraction);
  if (value === undefined || (KINDS[sign] && tail !== '')) return undefined;
  const kind = KINDS[sign] ?? KINDS[tail] ?? 'exact';
  return { value: { kind, value }, ...(mark !== undefined && { mark }) };
}

/** The value of a row that gives sign and ends in columns of their own. */
export function valueOfColumns(operator: string, low: string, high: string): PrintedValue | undefined {
  const [sign, below, above] = [squeeze(operator), squeeze(low), squeeze(high)];
  if (sign === '' && below === '' && above === '') return { kind: 'unknown' };
  const kind = sign === '' || sign === '=' ? undefined : KINDS[sign];
  if (kind) {
    const value = plainDecimal(below === '' ? above : below);
    return value === undefined ? undefined : { kind, value };
  }
  if (sign !== '' && sign !== '=') return undefined;
  // Of a range whose lower end is not readable only the upper end is known.
  if (sign === '' && below === '') {
    const value = plainDecimal(above);
    return value === undefined ? undefined : { kind: 'atMost', value };
  }
  const [from, to] = [plainDecimal(below), plainDecimal(above === '' ? below : above)];
  if (from === undefined || to === undefined) return undefined;
  return from === to ? { kind: 'exact', value: from } : { kind: 'range', low: from, high: to };
}

function decimal(whole: string, fraction = ''): string | undefined {
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/u, '');
  return digits.length > 18 ? undefined : digits + fraction;
}
