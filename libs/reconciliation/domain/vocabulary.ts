/** What is compared with a statement, what came of it, and what a pair rests on: the words of screens and tables. */

export const RECONCILED_KINDS = { payment: '支付', receipt: '到位' } as const;

export const RECONCILIATION_OUTCOMES = { agreed: '相符', differing: '不符' } as const;

/** The surest first. */
export const MATCH_BASES = {
  exact: '完全相符',
  document: '文号和金额相符',
  confirmed: '经人确认',
  proposed: '建议',
} as const;

/** What somebody says of a proposed pair. */
export const PAIR_DECISIONS = { confirmed: '确认', rejected: '否定' } as const;

export const DIFFERENCES = {
  date: '日期',
  document: '文号',
  payee: '收款单位',
  source: '资金来源',
} as const;
