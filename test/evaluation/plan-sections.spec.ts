import { sectionOf } from '#libs/evaluation/application/sealed-sections.js';
import { DEFINITIONS_DIGEST } from '#libs/evaluation/snapshot/sections/about.js';
import type { Entry } from '#libs/evaluation/snapshot/entry.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { newId } from '#libs/kernel/ids.js';
import { PLAN_ID } from '#libs/plans/domain/testing/plan-specification.js';
import { adoptRules, recordPlan } from './plan-and-rules.js';
import { bench, EVALUATOR, type Bench } from './two-platforms.js';

const YEAR = { region: '990100', year: 2025 };
let one: Bench;
let sealed: Sealed;
const section = (name: string): Promise<Entry[]> => sectionOf(one.texts, sealed, name);
const figuresAt = async (name: string, key: string) =>
  (await section(name)).find((entry) => entry.key === key)?.figures;

beforeAll(async () => {
  one = await bench();
  const { store } = one.platform;
  await recordPlan(store);
  await adoptRules(store, 'shizhou', '990100', '2025-07-01');
  await adoptRules(store, 'xian', '990101', '2025-08-01');
  await adoptRules(store, 'mingnian', '990100', '2026-01-01');
  ({ sealed } = await one.evaluator.seal({ ...YEAR, actor: EVALUATOR, commandId: newId() }));
});
afterAll(() => one.close());

it('indicators are those of the end of the year, each with what it rests on', async () => {
  expect(await figuresAt('indicators', '990100/placesPerThousand')).toMatchObject({
    printed: '2.000',
    low: '2',
    numerator: { low: '100', source: 'baseline', eventCount: 1, evidence: [{ planId: PLAN_ID }] },
    denominator: { low: '50000', source: 'population', asOf: expect.any(String) as string },
  });
  expect(await figuresAt('indicators', '990100/nursingShare')).toMatchObject({
    printed: null,
    why: expect.stringContaining('没有登记') as string,
  });
});

it('targets stand beside what there is, later ones too, and what contradicts itself is said', async () => {
  const entries = await section('plans');
  const targets = entries
    .filter(({ key }) => key.startsWith(`${PLAN_ID}/target/`))
    .map((each) => each.figures);
  expect(
    targets.map((each) => [each['year'], each['target'], each['computedYear'], each['verdict']]),
  ).toEqual(
    expect.arrayContaining([
      [2025, '150个', 2025, 'missed'],
      [2025, '160个', 2025, 'missed'],
      [2025, '400张', 2025, 'reached'],
      [2026, '900张', 2025, 'missed'],
    ]),
  );
  expect(targets).toHaveLength(4);
  const contradictions = entries.filter(({ key }) => key.startsWith(`${PLAN_ID}/contradiction/T1/`));
  expect(contradictions).toHaveLength(1);
  expect(contradictions[0]!.figures).toMatchObject({ year: 2025, sides: [{}, {}] });
});

it('item A1 counts indicators of the year: two targets for one are one, and 2026 is not counted', async () => {
  expect(await figuresAt('scores', 'item/A1')).toMatchObject({ part: '1', of: '2', points: '10.00' });
});

it('a task is told by its indicator, else by its last report', async () => {
  const status = (await section('tasks')).map(({ label, figures }) => [
    label,
    figures['status'],
    figures['statusFrom'],
  ]);
  expect(status).toEqual(
    expect.arrayContaining([
      ['设施布局', 'underway', 'report'],
      ['托育扩容', 'underway', 'indicator'],
    ]),
  );
});

it('names the rules in force in the region on the last day, and the definitions of the indicators', async () => {
  expect(sealed).toMatchObject({
    ruleSet: { id: 'shizhou', version: 1 },
    definitions: { digest: DEFINITIONS_DIGEST },
  });
  expect(await figuresAt('about', 'about')).toMatchObject({
    ruleSet: { id: 'shizhou', version: 1, documentNumber: '示例发改〔2025〕1号' },
    definitions: DEFINITIONS_DIGEST,
  });
});

it('a year before the set was adopted is told by what is shipped, and a plan of other years is not in it', async () => {
  const before = await one.evaluator.seal({ ...YEAR, year: 2022, actor: EVALUATOR, commandId: newId() });
  expect(before.sealed.ruleSet).toEqual({ id: 'default', version: 2 });
  const counts = Object.fromEntries(before.sealed.sections.map(({ name, entries }) => [name, entries]));
  expect([counts['plans'], counts['tasks']]).toEqual([0, 0]);
});
