import { formatYuan, printWan, printYuan, type MoneyView } from '#libs/kernel/money.js';

export type Unit = '万元' | '元';

/** What an amount is called that nobody printed: unknown, which is not zero. */
export const UNKNOWN = '—';

/** An amount of the API (`{ fen }` or the text of it) as the page prints it, exact; the unit stands in the header. */
export function printAmount(amount: Pick<MoneyView, 'fen'> | string | null | undefined, unit: Unit): string {
  if (amount === null || amount === undefined) return UNKNOWN;
  const fen = BigInt(typeof amount === 'string' ? amount : amount.fen);
  return unit === '元' ? printYuan(fen) : printWan(fen);
}

/** For the clipboard and for a title: 17500000.00 元. */
export function inYuan(amount: Pick<MoneyView, 'fen'>): string {
  return `${formatYuan(BigInt(amount.fen))} 元`;
}

/** Sum of amounts; unknown ones are left out, so say beside it how many they are. */
export function sumFen(amounts: readonly (Pick<MoneyView, 'fen'> | null | undefined)[]): string {
  return amounts.reduce((sum, amount) => sum + BigInt(amount?.fen ?? 0), 0n).toString();
}
