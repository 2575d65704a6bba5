import { regionContains, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import type { Day } from './days.js';
import { DEFAULT_PARAMETERS, DEFAULT_RULE_SET } from './default-rule-set.js';
import { notApplicable, type Outcome } from './outcome.js';
import { Parameters, type Parameter } from './parameters.js';
import type { RuleHead } from './rule.js';
import { RULES } from './rules/rules.js';

/** Thresholds and rules that belong together. A version of a set never changes. */
export interface RuleSet {
  id: string;
  version: number;
  title: string;
  /** Who issued it, and by which document. */
  authority: string;
  documentNumber: string;
  parameters: readonly Parameter[];
  rules: readonly { id: string; version: number }[];
}

/** From which day a set is in force, and where; `null` is everywhere. */
export interface Adoption {
  ruleSet: RuleSet;
  region: RegionCode | null;
  from: Day;
}

/** What is shipped is a set like any other, in force everywhere from the first day, until another one is adopted. */
export const SHIPPED_RULE_SET: RuleSet = {
  ...DEFAULT_RULE_SET,
  authority: '本系统',
  documentNumber: '默认规则集',
  rules: RULES.map(({ id, version }) => ({ id, version })),
};
/** Rules that the second version brought. */
const SINCE_SECOND: ReadonlySet<string> = new Set(['M10', 'M14', 'C3', 'T1', 'T2', 'T3', 'T4']);

/**
 * Every version that was shipped, oldest first. The last is in force; who adopted an earlier one by an event keeps it,
 * and whoever changes what is shipped adds a version.
 */
export const SHIPPED_RULE_SETS: readonly RuleSet[] = [
  {
    ...SHIPPED_RULE_SET,
    version: 1,
    parameters: DEFAULT_RULE_SET.parameters.filter(({ name }) => !SINCE_SECOND.has(name.split('.')[0]!)),
    rules: SHIPPED_RULE_SET.rules
      .filter(({ id }) => !SINCE_SECOND.has(id))
      .map(({ id }) => ({ id, version: 1 })),
  },
  SHIPPED_RULE_SET,
];
export const SHIPPED_ADOPTION: Adoption = { ruleSet: SHIPPED_RULE_SET, region: null, from: '1949-10-01' };

interface Period extends Pick<Adoption, 'ruleSet' | 'from'> {
  parameters: Parameters;
}

/**
 * Which rule set is in force on which day, for one place: what happened is judged by the rules of its own day. The
 * nearest authority's set goes before a wider one's, then the later day, then what was recorded last.
 */
export class Timetable extends Parameters {
  /** The same for equal timetables. */
  readonly key: string;

  constructor(private readonly periods: readonly Period[]) {
    super([]);
    this.key = periods.map(({ ruleSet, from }) => `${from} ${ruleSet.id}@${ruleSet.version}`).join(', ');
  }

  ruleSetOn(day: Day): RuleSet {
    return this.periodOn(day).ruleSet;
  }

  /** A set from before a parameter came to be leaves it at what is shipped. */
  override on(name: string, day: Day): Parameter {
    const { parameters } = this.periodOn(day);
    return (parameters.has(name) ? parameters : DEFAULT_PARAMETERS).on(name, day);
  }

  /** What of an outcome stands: a rule says nothing of days whose set does not have it, in its version. */
  admit({ id, version }: RuleHead, outcome: Outcome): Outcome {
    const has = ({ ruleSet }: Period) =>
      ruleSet.rules.some((rule) => rule.id === id && rule.version === version);
    if (this.periods.every(has)) return outcome;
    if (!this.periods.some(has)) return NOT_IN_SET;
    if (outcome.kind !== 'fail') return outcome;
    const items = outcome.items
      .map((item) => ({ ...item, steps: item.steps.filter(({ from }) => has(this.periodOn(from))) }))
      .filter(({ steps }) => steps.length > 0);
    return items.length > 0 ? { kind: 'fail', items } : NOT_IN_SET;
  }

  private periodOn(day: Day): Period {
    return this.periods.findLast(({ from }) => from <= day) ?? this.periods[0]!;
  }
}

const NOT_IN_SET = notApplicable('适用的规则集没有这条规则');

/** @param adoptions in the order recorded */
export function timetableOf(adoptions: readonly Adoption[], regions: readonly RegionCode[]): Timetable {
  const applying = [SHIPPED_ADOPTION, ...adoptions].filter(
    ({ region }) => region === null || regions.every((each) => regionContains(region, each)),
  );
  const days = [...new Set(applying.map(({ from }) => from))].sort();
  const periods = days.map((day) => periodOf(bestOn(applying, day), day));
  return new Timetable(periods.filter(({ ruleSet }, n) => ruleSet !== periods[n - 1]?.ruleSet));
}

/** One set for all days, whoever adopted what. */
export const alwaysBy = (ruleSet: RuleSet): Timetable =>
  new Timetable([periodOf({ ...SHIPPED_ADOPTION, ruleSet }, SHIPPED_ADOPTION.from)]);

function bestOn(adoptions: readonly Adoption[], day: Day): Adoption {
  const near = ({ region }: Adoption): number => (region === null ? 0 : regionPrefix(region).length);
  return adoptions
    .filter(({ from }) => from <= day)
    .reduce((best, each) => {
      if (near(each) !== near(best)) return near(each) > near(best) ? each : best;
      return each.from >= best.from ? each : best;
    });
}

const parametersOf = new WeakMap<RuleSet, Parameters>();

function periodOf({ ruleSet }: Adoption, from: Day): Period {
  let parameters = parametersOf.get(ruleSet);
  if (!parameters) parametersOf.set(ruleSet, (parameters = new Parameters(ruleSet.parameters)));
  return { ruleSet, from, parameters };
}
