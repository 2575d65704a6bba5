import { digestOf } from '#libs/kernel/canonical.js';
import { adopt } from './adopt.js';
import type { FindingItem } from './outcome.js';
import type { RuleSetAdopted } from './rule-set-events.js';
import { SHIPPED_RULE_SETS, timetableOf, type Adoption, type RuleSet } from './rule-sets.js';
import { m14 } from './rules/m14-half-a-reallocation.js';

const REGION = '990100';
const asked = (version: number) => ({ ruleSetId: 'default', version, region: REGION, from: '1949-10-01' });
const adoption = ({ ruleSetId: id, region, from, ...content }: RuleSetAdopted): Adoption => ({
  ruleSet: { id, ...content },
  region,
  from,
});
const failing = (from: string): FindingItem => ({
  steps: [{ severity: 'warning', from }],
  figures: { amountFen: '1' },
  events: ['e'],
  sentence: '',
});
const outcome = { kind: 'fail' as const, items: [failing('2026-03-06'), failing('2027-03-06')] };

describe('what is shipped', () => {
  it('never changes under a number: who changes it ships the next version', () => {
    expect(SHIPPED_RULE_SETS.map((set) => [set.version, digestOf(set).slice(0, 16)])).toEqual([
      [1, '5f8603c82dc4f9f1'],
      [2, '1f6b7185fde9fb9d'],
    ]);
  });

  it('came to have seven more rules with its second version', () => {
    const [first, second] = SHIPPED_RULE_SETS as [RuleSet, RuleSet];
    const ids = ({ rules }: RuleSet) => rules.map(({ id }) => id);
    expect(ids(second).filter((id) => !ids(first).includes(id))).toEqual([
      ...['M10', 'M14', 'C3', 'T1', 'T2', 'T3', 'T4'],
    ]);
    expect(first.parameters.filter(({ name }) => /^(M10|M14)\./u.test(name))).toEqual([]);
  });
});

describe('a region that recorded the first version', () => {
  const first = adoption(adopt(asked(1), []));

  it('keeps it when a later one is shipped', () => {
    const timetable = timetableOf([first], [REGION]);
    expect(timetable.ruleSetOn('2026-11-28')).toMatchObject({ id: 'default', version: 1 });
    expect(timetable.admit(m14, outcome).kind).toBe('notApplicable');
    expect(timetableOf([first], ['513400']).ruleSetOn('2026-11-28').version).toBe(2);
  });

  it('adopts the later one from a day on, and old years keep their own', () => {
    const second = adoption(adopt({ ...asked(2), from: '2027-01-01' }, [first.ruleSet]));
    const timetable = timetableOf([first, second], [REGION]);
    expect(timetable.admit(m14, outcome)).toEqual({ kind: 'fail', items: [failing('2027-03-06')] });
    expect([timetable.ruleSetOn('2026-12-31').version, timetable.ruleSetOn('2027-01-01').version]).toEqual([
      1, 2,
    ]);
  });

  it('adopts again what it recorded, also where other content was shipped under that number', () => {
    const recorded: RuleSet = { ...first.ruleSet, rules: [{ id: 'M8', version: 1 }] };
    expect(adopt(asked(1), [recorded]).rules).toEqual([{ id: 'M8', version: 1 }]);
  });
});
