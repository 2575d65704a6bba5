import type { PlanRule } from '../plan.js';
import type { RegionRule } from '../region-year.js';
import type { Rule, RuleHead } from '../rule.js';
import { c1 } from './c1-accepted-below-planned.js';
import { c2 } from './c2-cost-outside-cohort.js';
import { c3 } from './c3-statistics-over-facilities.js';
import { l1 } from './l1-start-overdue.js';
import { l2 } from './l2-use-overdue.js';
import { l3 } from './l3-accepted-not-in-use.js';
import { l4 } from './l4-report-missing.js';
import { l5 } from './l5-equal-reports.js';
import { l6 } from './l6-listed-without-code.js';
import { m1 } from './m1-completed-over-estimate.js';
import { m10 } from './m10-lottery-share-below-plan.js';
import { m11 } from './m11-lottery-money-outside-purpose.js';
import { m12 } from './m12-subsidy-over-rate.js';
import { m13 } from './m13-surplus-not-returned.js';
import { m14 } from './m14-half-a-reallocation.js';
import { m2 } from './m2-central-money-after-commissioning.js';
import { m3 } from './m3-received-but-unpaid.js';
import { m4 } from './m4-allocated-not-disbursed.js';
import { m5 } from './m5-paid-too-early.js';
import { m6 } from './m6-payment-against-progress.js';
import { m7 } from './m7-paid-twice.js';
import { m9 } from './m9-statement-against-ledger.js';
import { m8 } from './m8-sources-against-total.js';
import { t1 } from './t1-two-targets.js';
import { t2 } from './t2-printed-ratio.js';
import { t3 } from './t3-shares-against-plan.js';
import { t4 } from './t4-list-against-text.js';

/** The rules on one project. */
export const PROJECT_RULES: readonly Rule[] = [
  m1,
  m2,
  m3,
  m4,
  m5,
  m6,
  m7,
  m8,
  m11,
  m12,
  m13,
  m14,
  l1,
  l2,
  l3,
  l4,
  l5,
  l6,
  c1,
  c2,
];

/** The rules on a region in one year, and on one plan. */
export const REGION_RULES: readonly RegionRule[] = [c3];
export const PLAN_RULES: readonly PlanRule[] = [t1, t2, t3, t4];

const PARTS = ['M', 'L', 'C', 'T'];
const place = ({ id }: RuleHead): number => PARTS.indexOf(id.slice(0, 1)) * 100 + Number(id.slice(1));

/** Every rule there is, whatever it looks at, in the order of their pages. */
export const RULES: readonly RuleHead[] = [...PROJECT_RULES, m9, m10, ...REGION_RULES, ...PLAN_RULES].sort(
  (a, b) => place(a) - place(b),
);

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));
export const ruleOf = (id: string): RuleHead | undefined => BY_ID.get(id);
