import { parseMoney, type Fen, type MoneyUnit } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { squeeze } from '#libs/kernel/text.js';
import type { RowErrorCode } from '../report/import-codes.js';
import { columnLetter, type Cell } from '../table/sheet.js';
import type { PrintedColumn } from './header.js';
import type { Findings } from './finding.js';

const QUALIFIER = /^(?:约|≥|>=|>|不低于|不少于|超过|近)|(?:以上|左右)$|余(?=(?:亿|万)?元?$)|余$/gu;

/** An em dash, a blank or 无 says that there is no value: unknown, never zero. */
export function saysNothing(text: string): boolean {
  return /^(?:[-—–―_~/\\·.]*|无|空|暂无|待定|未定|N\/A)$/iu.test(squeeze(text));
}

/**
 * Reads an amount cell in fen. A unit in the cell wins over the column's, that over the list's; without any unit the
 * amount is refused, since 万元 taken for 元 would be wrong by ten thousand.
 *
 * @returns undefined where the cell says nothing or was rejected into `findings`
 */
export function readAmount(
  cell: Cell | undefined,
  column: PrintedColumn,
  listUnit: MoneyUnit | undefined,
  findings: Findings,
): Fen | undefined {
  if (!cell || saysNothing(cell.text)) return undefined;
  const reject = (code: RowErrorCode, why: string) =>
    void findings.reject(
      code,
      `${columnLetter(column.index)}${cell.row}（${column.header}）：${why}`,
      column.index,
    );
  if (cell.kind === 'formula') return reject('formulaCell', '公式单元格，请粘贴为数值后再导入');
  if (cell.kind === 'error') return reject('errorCell', `单元格是错误值 ${cell.text}`);
  if (cell.scaled) return reject('scaledFormat', '单元格的数字格式会缩放显示，看到的与保存的不是同一数值');
  return readMoney(cell.text, column, listUnit, findings, reject);
}

function readMoney(
  text: string,
  column: PrintedColumn,
  listUnit: MoneyUnit | undefined,
  findings: Findings,
  reject: (code: RowErrorCode, why: string) => undefined,
): Fen | undefined {
  // Squeezed together, two figures in one cell would become one. A no-break space is a thousands separator.
  if (/\d[ \t\r\n\u3000]+\d/u.test(text)) {
    const shown = text.trim().replace(/\s+/gu, ' ');
    return reject('amountUnreadable', `“${shown}”不止一个数，请只填一个金额（千位分隔用逗号）`);
  }
  const printed = squeeze(text).replace(/^人民币/u, '');
  const plain = printed.replace(QUALIFIER, '');
  const ownUnit = unitBehind(plain);
  const unit = column.unit ?? listUnit;
  if (!ownUnit && !unit)
    return reject('unitMissing', '文件没有写明金额单位（元、万元或亿元），请注明后再导入');
  if (/^\(.*\)$/u.test(plain))
    return reject('amountNegative', `金额“${text}”为负数，应填正数；没有金额请留空`);
  try {
    const fen = parseMoney(plain, unit);
    if (fen < 0n) return reject('amountNegative', `金额“${text}”为负数，应填正数；没有金额请留空`);
    if (plain !== printed) {
      findings.warn(
        'amountInexact',
        `金额“${text}”不是确数，按${plain}${ownUnit ? '' : unit}记录`,
        column.index,
      );
    }
    if (ownUnit && unit && ownUnit !== unit) {
      findings.warn('unitDiffers', `单元格“${text}”的单位与${unit}不同，以单元格为准`, column.index);
    }
    return fen;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return reject(error.code === 'money.unreadable' ? 'amountUnreadable' : 'amountOutOfRange', error.message);
  }
}

function unitBehind(plain: string): MoneyUnit | undefined {
  const [, size = '', yuan = ''] = /([亿万])?(元)?$/u.exec(plain) ?? [];
  return size + yuan === '' ? undefined : (`${size}元` as MoneyUnit);
}
