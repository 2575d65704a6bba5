import { foreignTarget, planOf } from '../testing/figures.js';
import {
  at,
  baseline,
  eventIdOf,
  population,
  shares,
  target,
} from '#libs/plans/domain/testing/plan-specification.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import type { Outcome } from '../outcome.js';
import type { PlanDossier } from '../plan.js';
import { PLAN_RULES } from './rules.js';

const COMING = { low: 100, high: 200, unknownProjects: 0 };
const nursing = (value: string, kind: 'exact' | 'atLeast', place: string): PlanCommand =>
  target(value, {
    indicator: '养老机构护理型床位占比',
    printedName: '护理型床位占比',
    unit: '%',
    value: { kind, value },
    source: at(place),
  });
const beds = (indicator: string, value: string): PlanCommand =>
  target(value, { indicator, printedName: indicator, unit: '张', source: at('二(二)') });
const perThousand = target('4.5', { indicator: '每千人口3岁以下婴幼儿托位数', source: at('三(一)') });

interface Example {
  fires: PlanDossier;
  severity: 'warning' | 'error';
  from: string;
  says: string;
  figures: Record<string, string>;
  /** Which of the commands told the events behind it, from 1; the adoption is 0. */
  events: number[];
  passes: PlanDossier;
  notApplicable: PlanDossier;
}

const EXAMPLES: Record<string, Example> = {
  T1: {
    fires: planOf([nursing('80', 'exact', '二(一)'), nursing('60', 'atLeast', '表2')]),
    severity: 'error',
    from: '2023-12-11',
    says: '“养老机构护理型床位占比”2025年的目标不一致：二(一) 80%，表2 ≥60%',
    figures: { year: '2025', targets: '80%,≥60%' },
    events: [1, 2],
    passes: planOf([nursing('80', 'exact', '二(一)'), nursing('80', 'exact', '表2')]),
    notApplicable: planOf([baseline('12559')]),
  },
  T2: {
    fires: planOf([
      nursing('90', 'exact', '二(一)'),
      beds('护理型床位数', '800'),
      beds('养老机构床位数', '1100'),
    ]),
    severity: 'error',
    from: '2023-12-11',
    says: '“养老机构护理型床位占比”2025年印作 90%，按所印数字 800张 ÷ 1100张 = 72.73%',
    figures: { printed: '90%', computed: '72.73' },
    events: [1, 2, 3],
    passes: planOf([
      nursing('80', 'exact', '二(一)'),
      beds('护理型床位数', '800'),
      beds('养老机构床位数', '1000'),
    ]),
    notApplicable: planOf([nursing('80', 'exact', '二(一)')]),
  },
  T3: {
    fires: planOf([target('100'), shares({ '990101': '40', '990102': '70' }, { basis: 'printed' })]),
    severity: 'error',
    from: '2023-12-11',
    says: '“3岁以下婴幼儿托位数”2025年分解数合计 110个，方案目标 100个',
    figures: { sum: '110个', target: '100个' },
    events: [2, 1],
    passes: planOf([target('110'), shares({ '990101': '40', '990102': '70' })]),
    notApplicable: planOf([target('100')]),
  },
  T4: {
    fires: planOf([baseline('12559'), population('4858400'), perThousand], { net: 41, coming: COMING }),
    severity: 'error',
    from: '2023-12-11',
    says: '2025年目标 4.5个 需 21863，尚缺 9263；清单安排到该年投用 100—200，仍缺 9063',
    figures: { needed: '21863', lacking: '9263', listed: '100—200', stillLacking: '9063' },
    events: [3, 1, 2],
    passes: planOf([baseline('21663'), population('4858400'), perThousand], { coming: COMING }),
    notApplicable: planOf([population('4858400'), perThousand], { coming: COMING }),
  },
};

const ruleOf = (id: string) => PLAN_RULES.find((rule) => rule.id === id)!;
const failureOf = (outcome: Outcome) => {
  if (outcome.kind !== 'fail') throw new Error(`it is ${outcome.kind}`);
  return outcome.items[0]!;
};

it('has an example of every rule on plans', () => {
  expect(Object.keys(EXAMPLES)).toEqual(PLAN_RULES.map(({ id }) => id));
});

describe.each(Object.entries(EXAMPLES))('%s', (id, example) => {
  it('fires, with the figures and the events they come from', () => {
    const item = failureOf(ruleOf(id).evaluate(example.fires));
    expect(item.steps).toEqual([{ severity: example.severity, from: example.from }]);
    expect(item.sentence).toContain(example.says);
    expect(item.figures).toMatchObject(example.figures);
    expect(item.events.slice(0, example.events.length)).toEqual(example.events.map(eventIdOf));
  });

  it('passes', () => {
    expect(ruleOf(id).evaluate(example.passes)).toEqual({ kind: 'pass' });
  });

  it('does not apply, and says why', () => {
    expect(ruleOf(id).evaluate(example.notApplicable)).toMatchObject({
      kind: 'notApplicable',
      why: expect.stringMatching(/\p{Script=Han}/u) as unknown,
    });
  });
});

describe('beside another plan', () => {
  const other = foreignTarget('2024-05-01', {
    ...target('300', { region: '990101', source: { document: '示例1县方案', locator: '二' } }).data,
  });

  it('T1 holds what both promise of one division, since the later of them', () => {
    const own = planOf([target('400', { region: '990101' })], { others: [other] });
    const item = failureOf(ruleOf('T1').evaluate(own));
    expect(item.sentence).toContain('《示例1县方案》二 300个');
    expect(item.steps).toEqual([{ severity: 'error', from: '2024-05-01' }]);
    expect(item.events).toContain(other.eventId);
    const agreeing = planOf([target('300', { region: '990101' })], { others: [other] });
    expect(ruleOf('T1').evaluate(agreeing)).toEqual({ kind: 'pass' });
  });

  it("T3 holds a county's share against the county's own plan", () => {
    const commands = [target('100'), shares({ '990101': '40', '990102': '60' })];
    const item = failureOf(ruleOf('T3').evaluate(planOf(commands, { others: [other] })));
    expect(item.sentence).toBe('“3岁以下婴幼儿托位数”2025年分解给示例1县 40个，《示例1县方案》目标 300个');
    expect(item.figures).toMatchObject({ region: '990101', share: '40个', target: '300个' });
  });
});

it('T4 warns where projects that print no count may make up for what is missing, and is silent of areas', () => {
  const commands = [baseline('12559'), population('4858400'), perThousand];
  const unknown = planOf(commands, { coming: { ...COMING, unknownProjects: 3 } });
  expect(failureOf(ruleOf('T4').evaluate(unknown)).steps[0]!.severity).toBe('warning');
  expect(ruleOf('T4').evaluate({ ...unknown, isArea: true }).kind).toBe('notApplicable');
});
