import { formatYuan, printWan } from '#libs/kernel/money.js';
import { isPrintedNumber, type AmountUnit, type ColumnKind, type ExportValue } from './sheet-model.js';

/** A value without thousands separators, exact: amounts in the unit with as many decimals as they need. */
export function plainValue(value: ExportValue, kind: ColumnKind, unit: AmountUnit): string {
  if (value === null) return '';
  if (isPrintedNumber(value)) return value.value;
  if (kind !== 'amount') return String(value);
  const fen = BigInt(value);
  return unit === '元' ? formatYuan(fen) : printWan(fen).replaceAll(',', '');
}

/** Digits behind the point. */
export function decimalsOf(plain: string): number {
  const point = plain.indexOf('.');
  return point < 0 ? 0 : plain.length - point - 1;
}
