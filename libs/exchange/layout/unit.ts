import type { MoneyUnit } from '#libs/kernel/money.js';
import { squeeze } from '#libs/kernel/text.js';

const NAMED =
  /(?:^|[^报制送])(?:金额|货币|计量|投资)?单位[:(]?(?:[张个处平方米㎡㎡m2、,/和]|人民币)*(亿元|万元|元)/u;
const IN_BRACKETS = /[(\[【](?:人民币)?(亿元|万元|元)[)\]】]/u;
const BEHIND_MARK = /[/、,](亿元|万元|元)$/u;
/** 总投资万元. A figure before it would make it an amount. */
const BEHIND_WORD = /(?:投资额?|资金|金额):?(亿元|万元|元)$/u;

/** The money unit that a title, note or header names: 单位:万元, 总投资(亿元), 总投资/元, 总投资万元. 填报单位 is not one. */
export function moneyUnitIn(text: string): MoneyUnit | undefined {
  const plain = squeeze(text);
  const found =
    NAMED.exec(plain) ?? IN_BRACKETS.exec(plain) ?? BEHIND_MARK.exec(plain) ?? BEHIND_WORD.exec(plain);
  return found?.[1] as MoneyUnit | undefined;
}

/** The text without what it says of units: the title itself. */
export function withoutUnit(text: string): string {
  return text
    .replace(
      /[(\[【(]?\s*(?:金额|货币|计量|投资)?单位\s*[::(（]?\s*(?:人民币)?\s*(?:亿元|万元|元)\s*[)\]】)]?/gu,
      '',
    )
    .replace(/[(\[【(]\s*(?:人民币)?(?:亿元|万元|元)\s*[)\]】)]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
