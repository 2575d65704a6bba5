import {
  APPROVAL_MODES,
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  LOTTERY_PURPOSES,
  READINESS_CONDITIONS,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';

export type FieldKind =
  | 'amount'
  | 'capacity'
  | 'choice'
  | 'date'
  | 'long'
  | 'month'
  | 'percent'
  | 'plan'
  | 'repayment'
  | 'text'
  | 'whole'
  | 'year';

/** A field of a form, under its name in the body of the request. */
export interface Field {
  name: string;
  label: string;
  kind: FieldKind;
  optional?: true;
  choices?: Readonly<Record<string, string>>;
  /** Asked for where the money is of this source only. */
  of?: FundingSource;
}

/** A fact that can be recorded of a project: `POST /projects/{id}/{resource}`. */
export interface FactForm {
  resource: string;
  title: string;
  /** Label of 业务日期 for this fact. */
  dated: string;
  fields: readonly Field[];
}

const text = (name: string, label: string): Field => ({ name, label, kind: 'text' });
const long = (name: string, label: string): Field => ({ name, label, kind: 'long' });
const amount = (name: string, label: string): Field => ({ name, label, kind: 'amount' });
const optional = (field: Field): Field => ({ ...field, optional: true });
const choice = (name: string, label: string, choices: Field['choices']): Field => ({
  name,
  label,
  kind: 'choice',
  choices,
});

const DOCUMENT = text('documentNumber', '文号');
const AUTHORITY = text('authority', '机关');
const REASON = long('reason', '原因');
const CAPACITY: Field = { name: 'capacity', label: '规模', kind: 'capacity' };
const YEAR: Field = { name: 'budgetYear', label: '预算年度', kind: 'year' };
const LINE: readonly Field[] = [
  choice('source', '资金来源', FUNDING_SOURCES),
  { ...optional(choice('level', '福彩公益金的级次', FUNDING_LEVELS)), of: 'WelfareLotteryFund' },
  YEAR,
];
/** Which of these must be said, and of what, the server says. */
const PURPOSE: Field = {
  ...optional(choice('lotteryPurpose', '福彩公益金的用途', LOTTERY_PURPOSES)),
  of: 'WelfareLotteryFund',
};
const REPAYMENT: Field = {
  name: 'repaymentPlan',
  label: '专项债券的还本付息计划',
  kind: 'repayment',
  optional: true,
  of: 'LocalSpecialBond',
};
const CONDITION = choice('condition', '条件', READINESS_CONDITIONS);

const form = (resource: string, title: string, dated: string, ...fields: Field[]): FactForm => ({
  resource,
  title,
  dated,
  fields,
});

export const FACT_FORMS = {
  conditionMet: form(
    'readiness-conditions',
    '前期条件落实',
    '落实日期',
    CONDITION,
    optional(long('note', '说明')),
  ),
  conditionLapsed: form('readiness-lapses', '前期条件失效', '失效日期', CONDITION, REASON),
  code: form('codes', '赋项目代码', '赋码日期', text('code', '项目代码（24 位，4-6-2-2-6）')),
  listing: form(
    'listings',
    '列入年度清单',
    '列入日期',
    { name: 'year', label: '年度', kind: 'year' },
    text('listTitle', '清单名称'),
    optional({ name: 'sequence', label: '序号', kind: 'whole' }),
  ),
  library: form(
    'national-library-entries',
    '进入国家重大建设项目库',
    '入库日期',
    optional(text('libraryNumber', '库编号')),
  ),
  approval: form(
    'approvals',
    '审批、核准或备案',
    '批准日期',
    choice('mode', '方式', APPROVAL_MODES),
    DOCUMENT,
    AUTHORITY,
    amount('approvedTotal', '批复总投资'),
  ),
  revocation: form('approval-revocations', '撤销审批', '撤销日期', AUTHORITY, REASON),
  estimate: form('estimates', '核定概算', '核定日期', DOCUMENT, AUTHORITY, amount('estimate', '核定概算')),
  estimateChange: form(
    'estimate-adjustments',
    '调整概算',
    '调整日期',
    DOCUMENT,
    AUTHORITY,
    amount('estimate', '调整后概算'),
    REASON,
  ),
  plan: form(
    'funding-plan',
    '编制或调整资金计划',
    '计划日期',
    { name: 'lines', label: '各来源', kind: 'plan' },
    optional(long('reason', '调整原因（首次编制不填）')),
  ),
  application: form(
    'applications',
    '资金申请',
    '申请日期',
    ...LINE,
    PURPOSE,
    amount('amount', '申请金额'),
    DOCUMENT,
  ),
  allocation: form(
    'allocations',
    '资金下达',
    '下达日期',
    ...LINE,
    PURPOSE,
    REPAYMENT,
    amount('amount', '下达金额'),
    DOCUMENT,
    AUTHORITY,
  ),
  disbursement: form(
    'disbursements',
    '资金拨付',
    '拨付日期',
    ...LINE,
    amount('amount', '拨付金额'),
    DOCUMENT,
  ),
  receipt: form(
    'receipts',
    '资金到位',
    '到位日期',
    ...LINE,
    PURPOSE,
    amount('amount', '到位金额'),
    text('documentNumber', '到位凭证号'),
  ),
  payment: form(
    'payments',
    '资金支付',
    '支付日期',
    ...LINE,
    PURPOSE,
    amount('amount', '支付金额'),
    text('payee', '收款单位'),
    text('basisDocument', '付款依据（合同、发票、结算单）'),
    long('purpose', '用途'),
  ),
  carryForward: form(
    'carry-forwards',
    '资金结转',
    '结转日期',
    ...LINE,
    choice('stage', '结转所在环节', { allocated: '下达', disbursed: '拨付', received: '到位' }),
    amount('amount', '结转金额'),
    { name: 'toYear', label: '结转到的年度', kind: 'year' },
    DOCUMENT,
  ),
  recovery: form(
    'recoveries',
    '资金收回',
    '收回日期',
    ...LINE,
    amount('amount', '收回金额'),
    DOCUMENT,
    REASON,
  ),
  start: form('starts', '开工', '开工日期'),
  progress: form(
    'progress-reports',
    '月度进展',
    '填报日期',
    { name: 'month', label: '月份', kind: 'month' },
    amount('completed', '当月完成投资'),
    optional({ name: 'physicalPercent', label: '形象进度（开工以来累计，%）', kind: 'percent' }),
    optional(long('problems', '存在问题')),
  ),
  suspension: form('suspensions', '暂停建设', '暂停日期', REASON),
  resumption: form('resumptions', '恢复建设', '恢复日期'),
  acceptance: form(
    'acceptances',
    '竣工验收',
    '验收日期',
    { ...CAPACITY, label: '验收规模' },
    text('documentNumber', '验收文号'),
  ),
  exemption: form('acceptance-exemptions', '免予竣工验收', '批准日期', DOCUMENT, AUTHORITY, REASON),
  commissioning: form(
    'commissionings',
    '投入使用',
    '投用日期',
    { ...CAPACITY, label: '投入使用的规模' },
    optional(choice('bedScope', '床位范围', { institution: '机构', community: '社区', home: '家庭' })),
  ),
  capacityChange: form(
    'capacity-changes',
    '在用规模变动',
    '变动日期',
    { ...CAPACITY, label: '变动后在用的规模' },
    REASON,
  ),
  decommissioning: form('decommissionings', '停用', '停用日期', REASON),
  finalAccount: form(
    'final-accounts',
    '竣工决算',
    '批准日期',
    DOCUMENT,
    AUTHORITY,
    amount('final', '决算金额'),
  ),
  evaluation: form('evaluations', '后评价', '评价日期', DOCUMENT, long('conclusion', '结论')),
  withdrawal: form('withdrawals', '终止（调出）', '调出日期', REASON),
  reversal: form('reversals', '冲销一项记录', '冲销日期', REASON),
} as const satisfies Record<string, FactForm>;

/** The fields that a form asks for, given what stands in it. */
export const fieldsOf = ({ fields }: FactForm, { source }: Readonly<Record<string, string>>): Field[] =>
  fields.filter(({ of }) => of === undefined || of === source);

export type FactName = keyof typeof FACT_FORMS;
