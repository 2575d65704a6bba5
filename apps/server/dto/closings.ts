import { DateText, Pattern, Text, WholeInQuery, Year } from './fields.js';
import { ReadQuery, Region } from './queries.js';

export class YearClosingBody {
  @Pattern('行政区划代码（6 位），含其下各级', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '990100' })
  region!: string;

  @Year('预算年度')
  year!: number;

  @DateText('关账的业务日期；默认今天', { optional: true })
  effectiveDate?: string;
}

export class CarryingBody {
  @Pattern('行政区划代码（6 位），含其下各级', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '990100' })
  region!: string;

  @Year('预算年度；结转到下一年')
  year!: number;

  @Text('结转文号', { example: '示例财〔2026〕1号' })
  documentNumber!: string;

  @DateText('结转的业务日期；默认今天', { optional: true })
  effectiveDate?: string;
}

export class ClosedYearsParameters extends ReadQuery {
  @Region()
  region?: string;

  @WholeInQuery('预算年度', 1949, 2200, { optional: true })
  year?: number;
}
