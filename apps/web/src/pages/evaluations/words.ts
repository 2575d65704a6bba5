import type { Schema } from '../../api/paths.js';

export type Evaluation = Schema<'Evaluation'>;

const SECTIONS: Readonly<Record<string, string>> = {
  about: '说明',
  counts: '床位与托位',
  findings: '疑点',
  indicators: '指标',
  ledger: '投资台账',
  lists: '年度清单',
  plans: '方案与目标',
  rates: '各项比率',
  scores: '能力评价',
  tasks: '任务',
};

/** A section of a snapshot in Chinese; one we have no word for keeps its name. */
export const sectionLabel = (name: string): string => SECTIONS[name] ?? name;

/** A figure of a snapshot as it was sealed, exact: amounts are fen, what is not known is `—`. */
export function printFigure(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
