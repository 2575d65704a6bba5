import type { MoneyUnit } from '#libs/kernel/money.js';
import { DateText, ListOf, OneOf, Pattern, Text } from './fields.js';
import { Flag, PageQuery, Region } from './queries.js';

const UNITS: Record<MoneyUnit, string> = { 元: '元', 万元: '万元', 亿元: '亿元' };

export class ImportParameters {
  @Flag('true：试导入，逐行报告将记录什么，不记录任何内容')
  dryRun?: boolean;

  @Region()
  region?: string;

  @DateText('清单的业务日期；默认今天', { optional: true })
  effectiveDate?: string;

  @OneOf('文件未写明时的金额单位', UNITS, { optional: true })
  unit?: MoneyUnit;
}

export class ImportListParameters extends PageQuery {
  @Region()
  region?: string;
}

export class ColumnReadingBody {
  @Text('工作表名称；只有一个可见工作表时可不写', { optional: true, max: 100 })
  sheet?: string;

  @Pattern('列的字母', /^[A-Za-z]{1,3}$/u, '应为列的字母，如 F', { example: 'F' })
  column!: string;

  @Text('读作什么：含义的键（total）、其中文名（总投资），或 ignored 不读取', { max: 60, example: 'total' })
  meaning!: string;
}

export class ImportColumns {
  @ListOf('列的含义，表头写得不清楚时指定', ColumnReadingBody, { max: 200 })
  columns!: ColumnReadingBody[];
}
