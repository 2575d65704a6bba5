import { MAX_FEN, parseMoney } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';

/** An amount as clients send it: exactly one of the two, a string either way. */
export type AmountInput = { fen: string } | { yuan: string };

const FEN = /^(0|[1-9]\d{0,18})$/u;
const YUAN = /^(0|[1-9]\d{0,16})(\.\d{1,2})?$/u;

/** Why this is no amount, in Chinese; undefined when it is one. */
export function faultOfAmount(value: unknown): string | undefined {
  const example = '如 { "yuan": "17500000.00" } 或 { "fen": "1750000000" }';
  if (typeof value === 'number') return `金额不接受 JSON 数字（浮点数不能精确表示分），应为对象，${example}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `金额应为对象，${example}`;
  const entries = Object.entries(value);
  const [unit, text] = entries[0] ?? [];
  if (entries.length !== 1 || (unit !== 'fen' && unit !== 'yuan'))
    return `金额应恰有 fen 或 yuan 之一，${example}`;
  if (typeof text === 'number')
    return `${unit} 应为字符串，不接受 JSON 数字（浮点数不能精确表示分），${example}`;
  if (typeof text !== 'string') return `${unit} 应为字符串，${example}`;
  if (unit === 'fen' && !FEN.test(text)) return 'fen 应为不带符号和分隔符的整数分';
  if (unit === 'yuan' && !YUAN.test(text)) return 'yuan 应为不带符号和分隔符的元，至多两位小数';
  return BigInt(fenOf(value as AmountInput)) > MAX_FEN ? '金额超过上限' : undefined;
}

export function isAmount(value: unknown): value is AmountInput {
  return faultOfAmount(value) === undefined;
}

/** Integer fen as decimal text. @throws Refusal for text that `faultOfAmount` would have stopped */
export function fenOf(amount: AmountInput): string {
  if ('fen' in amount) return amount.fen;
  const fen = parseMoney(amount.yuan, '元');
  if (fen < 0n)
    throw new Refusal('money.unreadable', `“${amount.yuan}”不是可识别的金额`, { text: amount.yuan });
  return fen.toString();
}
