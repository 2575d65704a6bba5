import fc from 'fast-check';
import type { PlanCommand } from './commands.js';
import { planDecider } from './decider.js';
import { entriesOf } from './state.js';
import {
  CONTEXT,
  adopt,
  at,
  baseline,
  decided,
  eventIdOf,
  population,
  reverse,
  shares,
  stateAfter,
  target,
  task,
} from './testing/plan-specification.js';

const ONE = { region: '990101', value: { kind: 'exact' as const, value: '1' } };
const refused = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error;
const types = (...commands: PlanCommand[]) => decided(...commands).map(({ type }) => type);

describe('a plan', () => {
  it('is adopted once; the same again is no event, another title is to be revised', () => {
    expect(types(adopt())).toEqual(['PlanAdopted']);
    expect(types(adopt(), adopt())).toEqual([]);
    expect(() => decided(adopt(), adopt({ title: '另一方案' }))).toThrow(refused('plan.alreadyAdopted'));
    const details = { title: '另一方案', documentNumber: '示例府办发〔2023〕3号' };
    const revise: PlanCommand = { type: 'RevisePlanDetails', data: { details, reason: '名称有误' } };
    expect(types(adopt(), revise)).toEqual(['PlanDetailsRevised']);
    expect(stateAfter(adopt({ authority: '示例' }), revise).plan).toEqual({
      region: '990100',
      period: { from: 2023, to: 2025 },
      ...details,
    });
    expect(types(adopt(), revise, revise)).toEqual([]);
  });

  it.each([
    ['plan.notAdopted', [baseline('1')]],
    ['plan.unknownRegion', [adopt({ region: '980000' })]],
    ['plan.badPeriod', [adopt({ period: { from: 2025, to: 2023 } })]],
    ['plan.outsideRegion', [adopt(), target('1', { region: '513400' })]],
    ['plan.unknownRegion', [adopt(), baseline('1', { region: '980000' })]],
    ['plan.badRange', [adopt(), target('1', { value: { kind: 'range', low: '200', high: '100' } })]],
    ['plan.populationNotPositive', [adopt(), population('0')]],
    ['date.future', [adopt(), baseline('1', { year: 2027 })]],
    ['plan.unknownEntry', [adopt(), reverse(0)]],
  ])('refuses with %s', (code, commands) => {
    expect(() => decided(...commands)).toThrow(refused(code));
  });

  it('dates a reported state by its own year, and a target by the plan', () => {
    expect(decided(adopt(), baseline('12559'))).toMatchObject([{ effectiveDate: '2022' }]);
    expect(decided(adopt(), population('4858400'))).toMatchObject([{ effectiveDate: '2020' }]);
    expect(decided(adopt(), target('21863'))).toMatchObject([{ effectiveDate: '2023-12-11' }]);
    const undated = baseline('1');
    delete (undated.data as { year?: number }).year;
    expect(decided(adopt(), undated)).toMatchObject([{ effectiveDate: '2023-12-11' }]);
  });

  it('keeps two places that contradict each other, and says nothing new twice', () => {
    const text = target('80', { indicator: '护理型床位占比', unit: '%', source: at('二(一)') });
    const table = target('60', { indicator: '护理型床位占比', unit: '%', source: at('表2 第1行') });
    expect(entriesOf(stateAfter(adopt(), text, table), 'TargetSet')).toHaveLength(2);
    expect(types(adopt(), text, table, text)).toEqual([]);
  });

  it('refuses another content for the same place until the old entry is taken back', () => {
    expect(() => decided(adopt(), target('80'), target('60'))).toThrow(
      refused('plan.otherEntry', { eventId: eventIdOf(1) }),
    );
    const corrected = stateAfter(adopt(), target('80'), reverse(1), target('60'));
    expect(entriesOf(corrected, 'TargetSet').map(({ data }) => data.value)).toEqual([
      { kind: 'exact', value: '60' },
    ]);
    expect(() => decided(adopt(), target('80'), reverse(1), reverse(1))).toThrow(
      refused('plan.alreadyReversed'),
    );
  });

  it('tells unknown from zero', () => {
    const [unknown, zero] = [baseline('1', { value: { kind: 'unknown' } }), baseline('0')];
    expect(decided(adopt(), unknown)[0]!.data).not.toEqual(decided(adopt(), zero)[0]!.data);
  });
});

describe('shares of counties', () => {
  const thirds = { '990101': '7000', '990102': '7863', '990103': '7000' };

  it('decided here must add up to the plan', () => {
    expect(types(adopt(), target('21863'), shares(thirds))).toEqual(['CountySharesSet']);
    expect(() => decided(adopt(), target('21864'), shares(thirds))).toThrow(
      refused('plan.sharesDoNotSum', { sum: '21863', target: '21864个' }),
    );
    const atLeast = target('2.1', { unit: '万个', value: { kind: 'atLeast', value: '2.1' } });
    expect(types(adopt(), atLeast, shares(thirds))).toEqual(['CountySharesSet']);
    expect(() => decided(adopt(), shares(thirds))).toThrow(refused('plan.sharesWithoutTarget'));
  });

  it('printed by a document are kept as printed, and ratios are not added up', () => {
    expect(types(adopt(), target('9'), shares(thirds, { basis: 'printed' }))).toEqual(['CountySharesSet']);
    const ratio = { indicator: '千人口托位数' };
    expect(types(adopt(), target('4.5', ratio), shares({ '990101': '4', '990102': '5' }, ratio))).toEqual([
      'CountySharesSet',
    ]);
  });

  it.each([
    ['plan.outsideRegion', shares({ '513401': '1' })],
    ['plan.sharesNotExact', shares({}, { shares: [{ region: '990101', value: { kind: 'unknown' } }] })],
    ['plan.duplicateShare', shares({}, { shares: [ONE, ONE] })],
  ])('refuses with %s', (code, command) => {
    expect(() => decided(adopt(), target('1'), command)).toThrow(refused(code));
  });
});

describe('tasks', () => {
  it('are reported of as often as there is news, but only those of the plan', () => {
    const { taskId } = task('社区养老设施布局').data as { taskId: string };
    const report: PlanCommand = {
      type: 'ReportTask',
      data: { taskId, region: '990101', state: 'underway', note: '选址完成' },
    };
    expect(types(adopt(), task('社区养老设施布局'), report, report)).toEqual(['TaskReported']);
    expect(() => decided(adopt(), report)).toThrow(refused('plan.unknownTask'));
  });
});

it('taking entries back leaves what would stand without them, whatever the order', () => {
  const many = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(many, fc.array(fc.nat()), (years, picks) => {
      const commands = years.map((year) => baseline(String(year), { year: 1980 + year }));
      const gone = [...new Set(picks.map((pick) => pick % years.length))];
      const left = stateAfter(adopt(), ...commands, ...gone.map((n) => reverse(n + 1)));
      const never = stateAfter(adopt(), ...commands.filter((_, n) => !gone.includes(n)));
      const said = (state: typeof left) => [...state.entries.values()].map(({ data }) => data);
      expect(said(left)).toEqual(said(never));
      expect([...left.byKey.keys()]).toEqual([...never.byKey.keys()]);
      for (const n of gone) expect(planDecider.decide(commands[n]!, left, CONTEXT)).toHaveLength(1);
    }),
  );
});
