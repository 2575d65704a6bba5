import type { Cohorts } from './cohorts.js';
import type { Dossier, DossierType } from './dossier.js';
import type { Outcome, Severity } from './outcome.js';
import type { Parameters } from './parameters.js';
import type { SubjectKind } from './subjects.js';

export const RULE_CATEGORIES = {
  money: '资金',
  delivery: '建设进度',
  capacity: '规模与造价',
  plan: '方案文本',
} as const;
export type RuleCategory = keyof typeof RULE_CATEGORIES;

/** What every audit rule says of itself, whatever it looks at. */
export interface RuleHead {
  id: string;
  /** Raised when the same facts may be judged otherwise. */
  version: number;
  category: RuleCategory;
  subject: SubjectKind;
  /** The most serious it gets. */
  severity: Severity;
  title: string;
  /** What it rests on, for people. */
  basis: string;
  /** Names of the parameters it reads. */
  parameters: readonly string[];
}

/** A rule on one project: pure, the same answer for the same dossier, parameters and cohort on any machine and any day. */
export interface Rule extends RuleHead {
  subject: 'project';
  /** The events it looks at: nothing else can change its outcome. */
  reads: readonly DossierType[];
  evaluate(dossier: Dossier, parameters: Parameters, cohorts: Cohorts): Outcome;
}
