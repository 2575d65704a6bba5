/** Words of the field that events, commands and screens share. Chinese labels are for people, keys are stored. */

export const PROJECT_CATEGORIES = {
  ElderlyCare: '养老',
  Childcare: '托育',
  MedicalElderlyCare: '医养结合',
} as const;
export type ProjectCategory = keyof typeof PROJECT_CATEGORIES;

export const FUNDING_SOURCES = {
  CentralBudgetInvestment: '中央预算内投资',
  SpecialTreasuryBond: '超长期特别国债',
  CentralFiscalTransfer: '中央财政补助',
  ProvincialFiscal: '省级财政',
  PrefecturalFiscal: '市（州）级财政',
  CountyFiscal: '县级财政',
  LocalGeneralBond: '一般债券',
  LocalSpecialBond: '专项债券',
  WelfareLotteryFund: '福彩公益金',
  SelfRaised: '自筹资金',
  BankLoan: '银行贷款',
  SocialCapital: '社会资本',
  Donation: '社会捐赠',
  Other: '其他',
} as const;
export type FundingSource = keyof typeof FUNDING_SOURCES;

/** Derived (total − Σ sources), shown in tables, never an event. */
export const UNSOURCED = { key: 'Unsourced', label: '来源未列' } as const;

/** Sources that come to the project directly: evidence of receipt is the first step, nothing is allocated or disbursed. */
export const DIRECT_SOURCES: ReadonlySet<FundingSource> = new Set([
  'SelfRaised',
  'BankLoan',
  'SocialCapital',
  'Donation',
  'Other',
]);

/** Level of government that a welfare-lottery line belongs to. */
export const FUNDING_LEVELS = {
  central: '中央',
  provincial: '省级',
  prefectural: '市（州）级',
  county: '县级',
} as const;
export type FundingLevel = keyof typeof FUNDING_LEVELS;

export const CONSTRUCTION_NATURES = {
  New: '新建',
  Expansion: '扩建',
  Reconstruction: '改建',
  Relocation: '迁建',
} as const;
export type ConstructionNature = keyof typeof CONSTRUCTION_NATURES;

export const APPROVAL_MODES = { Approval: '审批', Authorisation: '核准', Filing: '备案' } as const;
export type ApprovalMode = keyof typeof APPROVAL_MODES;

export const READINESS_CONDITIONS = {
  siting: '选址',
  land: '用地',
  approval: '审批',
  funds: '资金',
} as const;
export type ReadinessCondition = keyof typeof READINESS_CONDITIONS;

/** Where a project stands in its life; `PROJECT_STAGES` is also the order in which it moves. */
export const PROJECT_STAGES = {
  Pooled: '入库',
  Approved: '已审批',
  UnderConstruction: '在建',
  Suspended: '暂停',
  Accepted: '竣工验收',
  InUse: '投入使用',
  Decommissioned: '停用',
  Withdrawn: '终止（调出）',
} as const;
export type ProjectStage = keyof typeof PROJECT_STAGES;

/** 福彩公益金的用途, as the rules on its use class projects. */
export const LOTTERY_PURPOSES = {
  ElderlyWelfare: '老年人福利',
  DisabledWelfare: '残疾人福利',
  ChildWelfare: '儿童福利',
  PublicWelfare: '社会公益',
} as const;
export type LotteryPurpose = keyof typeof LOTTERY_PURPOSES;

/** Stages that money moves through. Each fund event is one transfer between neighbours. */
export const FUND_STAGES = {
  planned: '计划',
  applied: '申请',
  allocated: '下达',
  disbursed: '拨付',
  received: '到位',
  paid: '支付',
  carriedForward: '结转',
  reallocatedOut: '调出',
  reallocatedIn: '调入',
  recovered: '收回',
  returned: '结余上缴',
  completedInvestment: '完成投资',
} as const;
export type FundStage = keyof typeof FUND_STAGES;

/** Where allotted money can stand; `reallocated` has left one project and not reached the other. */
export const MONEY_PLACES = {
  allocated: FUND_STAGES.allocated,
  disbursed: FUND_STAGES.disbursed,
  received: FUND_STAGES.received,
  paid: FUND_STAGES.paid,
  recovered: FUND_STAGES.recovered,
  returned: FUND_STAGES.returned,
  reallocated: '调剂在途',
} as const;
export type MoneyPlace = keyof typeof MONEY_PLACES;
