/** How a plan prints a value, with the sign that stands for it. */
export const VALUE_KINDS = {
  exact: '=',
  range: '—',
  atLeast: '≥',
  moreThan: '>',
  atMost: '≤',
  lessThan: '<',
  /** An em dash or nothing: not printed, and so not zero. */
  unknown: '未列',
} as const;
export type ValueKind = keyof typeof VALUE_KINDS;

export const TARGET_ATTRIBUTES = { Binding: '约束性', Anticipated: '预期性' } as const;
export type TargetAttribute = keyof typeof TARGET_ATTRIBUTES;

/** Populations that indicators divide by. The same people are counted in other ways: resident is not registered. */
export const POPULATIONS = {
  resident: '常住人口',
  residentAged60: '60岁及以上常住人口',
  residentAged65: '65岁及以上常住人口',
  residentAged0to14: '0—14岁常住人口',
  registered: '户籍人口',
  registeredAged60: '60岁及以上户籍人口',
  under3: '3岁以下婴幼儿',
} as const;
export type Population = keyof typeof POPULATIONS;

/** 口径: what a count of beds or places covers. */
export const FIGURE_SCOPES = { institution: '机构', community: '社区', home: '家庭', all: '全部' } as const;
export type FigureScope = keyof typeof FIGURE_SCOPES;

/** What a unit says of its task. */
export const TASK_STATES = { underway: '推进中', done: '已完成', blocked: '受阻' } as const;
export type TaskState = keyof typeof TASK_STATES;

/** A breakdown that a document printed is kept as printed; one that is decided here must add up. */
export const SHARES_BASES = { printed: '文件所印', decided: '本级分解' } as const;
export type SharesBasis = keyof typeof SHARES_BASES;
