import type { Cohorts } from './cohorts.js';
import type { Dossier, DossierType } from './dossier.js';
import type { Outcome, Severity } from './outcome.js';
import type { Parameters } from './parameters.js';

export const RULE_CATEGORIES = { money: '资金', delivery: '建设进度', capacity: '规模与造价' } as const;
export type RuleCategory = keyof typeof RULE_CATEGORIES;

/** One audit rule: pure, the same answer for the same dossier, parameters and cohort on any machine and any day. */
export interface Rule {
  id: string;
  /** Raised when the same facts may be judged otherwise. */
  version: number;
  category: RuleCategory;
  /** The most serious it gets. */
  severity: Severity;
  title: string;
  /** What it rests on, for people. */
  basis: string;
  /** The events it looks at: nothing else can change its outcome. */
  reads: readonly DossierType[];
  /** Names of the parameters it reads. */
  parameters: readonly string[];
  evaluate(dossier: Dossier, parameters: Parameters, cohorts: Cohorts): Outcome;
}
