import { Refusal } from './refusal.js';
import { toHalfWidth } from './text.js';

/** An amount of money in integer 分 (1 元 = 100 fen, 1 万元 = 1,000,000 fen). */
export type Fen = bigint;

/** The same amount as JSON carries it: a decimal string of integer fen, `"1750000000"`. */
export type FenText = string;

export type MoneyUnit = '元' | '万元' | '亿元';

const FEN_PER_UNIT: Record<MoneyUnit, bigint> = { 元: 100n, 万元: 1_000_000n, 亿元: 10_000_000_000n };

/** Largest amount accepted from outside: 10^18 fen (10 万亿元), far above any project and inside PostgreSQL's bigint. */
export const MAX_FEN = 10n ** 18n;

const AMOUNT = /^([+-]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(亿元|万元|元|亿|万)?$/u;

/**
 * Reads an amount as people print it: full-width digits, thousands separators, NBSP, a unit behind the number.
 * A unit in the text wins over `defaultUnit`. Exact: digits below one fen are refused, never rounded. White space
 * between digits is refused too: two figures in one cell must not become one.
 *
 * @throws Refusal `money.unreadable` | `money.belowFen` | `money.tooLarge`
 */
export function parseMoney(text: string, defaultUnit: MoneyUnit = '元'): Fen {
  const plain = toHalfWidth(text)
    .trim()
    .replace(/^[\u00a5\uffe5]\s*/u, '');
  const match = AMOUNT.exec(plain);
  if (!match)
    throw new Refusal(
      'money.unreadable',
      `“${text}”不是可识别的金额（应为数字，如 1750、1,750.5 或 1.5亿元）`,
      {
        text,
      },
    );
  const [, sign, whole = '', fraction = '', printedUnit] = match;
  const unit = unitOf(printedUnit) ?? defaultUnit;
  const scaled = BigInt(whole.replaceAll(',', '') + fraction) * FEN_PER_UNIT[unit];
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) {
    throw new Refusal('money.belowFen', `“${text}”（${unit}）小于一分的部分无法精确记录`, { text, unit });
  }
  const fen = scaled / divisor;
  if (fen > MAX_FEN) throw new Refusal('money.tooLarge', `“${text}”（${unit}）超过上限`, { text, unit });
  return sign === '-' ? -fen : fen;
}

function unitOf(printed: string | undefined): MoneyUnit | undefined {
  if (printed === '亿') return '亿元';
  if (printed === '万') return '万元';
  return printed as MoneyUnit | undefined;
}

/** 元 with two decimals and no separators, as the API carries it: `17500000.00`. */
export function formatYuan(fen: Fen): string {
  return withDecimals(fen, 2);
}

/** 元 with thousands separators, for sentences: `17,500,000.00`. */
export function printYuan(fen: Fen): string {
  return grouped(formatYuan(fen));
}

/** 万元 with as many of six decimals as exactness needs: `1,750`, `0.5`, `12.345678`. */
export function printWan(fen: Fen): string {
  return grouped(withDecimals(fen, 6).replace(/\.?0+$/u, ''));
}

function withDecimals(fen: Fen, decimals: number): string {
  const sign = fen < 0n ? '-' : '';
  const digits = (fen < 0n ? -fen : fen).toString().padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const separated = whole.replace(/\B(?=(\d{3})+$)/gu, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** Both printings of an amount, as every API answer shows it. */
export interface MoneyView {
  fen: FenText;
  yuan: string;
}

export function moneyView(fen: Fen): MoneyView {
  return { fen: fen.toString(), yuan: formatYuan(fen) };
}
