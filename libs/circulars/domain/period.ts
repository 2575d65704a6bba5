import { latestDay } from '#libs/kernel/partial-date.js';
import { refuse } from './refusal-codes.js';

/** What a circular is about: a year `2025`, a quarter `2025-Q3` or a month `2025-06`. */
export interface Period {
  key: string;
  /** 2025年第三季度. */
  label: string;
  lastDay: string;
}

const PERIOD = /^((?:19|20|21)\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/u;
const QUARTERS = ['一', '二', '三', '四'];

/** @throws Refusal `circular.badPeriod` */
export function periodOf(key: string): Period {
  const match = PERIOD.exec(key);
  if (!match) {
    return refuse('circular.badPeriod', `“${key}”不是可识别的期间（应为 2025、2025-Q3 或 2025-06）`, {
      period: key,
    });
  }
  const [, year = '', quarter, month] = match;
  if (quarter) {
    const last = String(Number(quarter) * 3).padStart(2, '0');
    return {
      key,
      label: `${year}年第${QUARTERS[Number(quarter) - 1]}季度`,
      lastDay: latestDay(`${year}-${last}`),
    };
  }
  const label = month ? `${year}年${Number(month)}月` : `${year}年度`;
  return { key, label, lastDay: latestDay(month ? `${year}-${month}` : year) };
}
