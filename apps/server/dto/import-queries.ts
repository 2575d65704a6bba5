import type { MoneyUnit } from '#libs/kernel/money.js';
import { DateText, OneOf } from './fields.js';
import { Parameter, Region } from './queries.js';

const UNITS: Record<MoneyUnit, string> = { 元: '元', 万元: '万元', 亿元: '亿元' };

export class ImportParameters {
  @Parameter('true:试导入,逐行报告将记录什么,不记录任何内容', {
    read: (text) => ({ true: true, false: false })[String(text)] ?? text,
    check: (value) => typeof value === 'boolean',
    fault: '应为 true 或 false',
    schema: { type: Boolean },
  })
  dryRun?: boolean;

  @Region()
  region?: string;

  @DateText('清单的业务日期;默认今天', { optional: true })
  effectiveDate?: string;

  @OneOf('文件未写明时的金额单位', UNITS, { optional: true })
  unit?: MoneyUnit;
}
