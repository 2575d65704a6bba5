/** Sections of snapshots in Chinese. */
export const SECTION_LABELS = {
  about: '说明',
  counts: '床位与托位',
  findings: '疑点',
  indicators: '指标',
  ledger: '投资台账',
  lists: '年度重大项目清单',
  plans: '方案目标',
  rates: '完成率、拨付率、到位率、支付率、开工率、投用率',
  scores: '能力评价',
  tasks: '任务分解',
} as const;
export type SectionName = keyof typeof SECTION_LABELS;

/** One that is not known here keeps its name. */
export const sectionLabel = (name: string): string =>
  (SECTION_LABELS as Readonly<Record<string, string>>)[name] ?? name;
