import type { MoneyUnit } from '#libs/kernel/money.js';

/** What a number format makes of the stored number. */
export interface NumberFormat {
  /** The number is a day count, shown with this precision (10, 7 or 4 characters of ISO 8601). */
  readonly date?: 10 | 7 | 4;
  /** A unit that the format prints behind the number. */
  readonly unit?: MoneyUnit;
  /** The format divides before it shows. */
  readonly scaled?: true;
}

/** Built-in formats with a date in Excel as sold in China (27–36 and 50–58 differ by language). */
const BUILT_IN_DATES: ReadonlyMap<number, 10 | 7> = new Map([
  ...[14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58].map((id) => [id, 10] as const),
  ...[17, 27, 36, 50, 52, 57].map((id) => [id, 7] as const),
]);

export function builtInFormat(id: number): NumberFormat {
  const date = BUILT_IN_DATES.get(id);
  return date ? { date } : {};
}

/** Reads a custom format code such as `yyyy"年"m"月"`, `#,##0.00"万元"` or `0!.0,"万"`. */
export function parseNumberFormat(code: string): NumberFormat {
  const positive = code.split(';')[0] ?? '';
  const bare = positive.replace(/"[^"]*"|\\.|\[[^\]]*\]/gu, '');
  if (/y/iu.test(bare)) return { date: /d/iu.test(bare) ? 10 : /m/iu.test(bare) ? 7 : 4 };
  if (/[0#?],+(?![0#?,])|!/u.test(bare) || bare.includes('%')) return { scaled: true };
  const unit = /(亿|万)?元|亿|万/u.exec(positive.replace(/["\\]/gu, ''))?.[0];
  if (unit === undefined) return {};
  return { unit: unit === '亿' ? '亿元' : unit === '万' ? '万元' : (unit as MoneyUnit) };
}

/** Days from 1899-12-30 (or 1904-01-01), as ISO 8601 cut to the precision; undefined outside 1950–2199. */
export function dateOfSerial(serial: string, precision: 10 | 7 | 4, since1904: boolean): string | undefined {
  const days = Number(/^\d{1,6}/u.exec(serial)?.[0] ?? 0);
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + days * 86_400_000).toISOString();
  const year = Number(date.slice(0, 4));
  return year >= 1950 && year < 2200 ? date.slice(0, precision) : undefined;
}
