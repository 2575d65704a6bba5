import { plainHeader, type Header, type HeaderColumn, type HeaderWords } from '../layout/header.js';

export const STATEMENT_FIELDS = ['date', 'document', 'payee', 'amount', 'source', 'code', 'name'] as const;
export type StatementField = (typeof STATEMENT_FIELDS)[number];
export type StatementColumn = HeaderColumn<{ readonly field: StatementField }>;
export type StatementHeader = Header<{ readonly field: StatementField }>;

/** The first name is the one asked for; behind it what other bureaus print. */
export const STATEMENT_NAMES: Record<StatementField, readonly string[]> = {
  date: ['日期', '支付日期', '拨付日期', '到账日期', '交易日期', '记账日期', '凭证日期', '业务日期'],
  document: [
    '凭证/文号',
    '凭证',
    '文号',
    '凭证号',
    '凭证编号',
    '支付凭证号',
    '依据文号',
    '文件号',
    '凭证号/文号',
  ],
  payee: ['收款单位', '收款人', '收款方', '收款单位名称', '收款人名称', '收款人全称'],
  amount: ['金额', '支付金额', '拨付金额', '到账金额', '发生额', '交易金额'],
  source: ['资金来源', '资金性质', '资金渠道', '来源'],
  code: ['项目代码', '项目编码', '投资项目代码'],
  name: ['项目名称', '项目'],
};

/** Columns without which lines cannot be compared. */
export const REQUIRED_FIELDS = ['date', 'document', 'payee', 'amount', 'source'] as const;
/** A row is a header when it names so many columns, the amount and the date among them. */
const FEWEST_COLUMNS = 3;

const MEANINGS = new Map(
  STATEMENT_FIELDS.flatMap((field) =>
    STATEMENT_NAMES[field].map((name) => [plainHeader(name), { field }] as const),
  ),
);

export const STATEMENT_WORDS: HeaderWords<{ readonly field: StatementField }> = {
  meaningOf: (header) => MEANINGS.get(plainHeader(header)),
  isHeader: (columns) =>
    columns.length >= FEWEST_COLUMNS &&
    ['date', 'amount'].every((needed) => columns.some(({ field }) => field === needed)),
};
