import {
  adopt,
  baseline,
  population,
  shares,
  stateAfter,
  target,
  at,
} from '../testing/plan-specification.js';
import type { PlanCommand } from '../commands.js';
import { entriesOf } from '../state.js';
import { contradictionsOf } from './contradictions.js';

function found(...commands: PlanCommand[]) {
  const state = stateAfter(adopt(), ...commands);
  const of = <T extends Parameters<typeof entriesOf>[1]>(type: T) =>
    entriesOf(state, type).map(({ id, data }) => ({ eventId: id, data }));
  return contradictionsOf({
    targets: of('TargetSet'),
    baselines: of('BaselineRecorded'),
    populations: of('PopulationRecorded'),
    shares: of('CountySharesSet'),
  }).map(({ rule, severity, sentence }) => [rule, severity, sentence]);
}
const nursing = (value: string, kind: 'exact' | 'atLeast', place: string, year = 2025) =>
  target(value, {
    indicator: '养老机构护理型床位占比',
    printedName: '护理型床位占比',
    unit: '%',
    year,
    value: { kind, value },
    source: at(place),
  });
const beds = (indicator: string, value: string, year: number) =>
  target(value, { indicator, printedName: indicator, unit: '万张', year, source: at('二(二)1') });
const perThousand = (value: string) =>
  target(value, {
    indicator: '每千人口3岁以下婴幼儿托位数',
    printedName: '千人口托位数',
    source: at('三(一)'),
  });

describe('T1', () => {
  it('puts two targets of one indicator and year side by side', () => {
    expect(found(nursing('80', 'exact', '二(一)'), nursing('60', 'atLeast', '表2 第1行'))).toEqual([
      ['T1', 'error', '“养老机构护理型床位占比”2025年的目标不一致：二(一) 80%，表2 第1行 ≥60%'],
    ]);
  });
  it('notes another sign, and is silent where the same is said twice or of another year', () => {
    expect(
      found(nursing('80', 'exact', '甲'), nursing('80', 'atLeast', '乙')).map(([rule, severity]) => [
        rule,
        severity,
      ]),
    ).toEqual([['T1', 'note']]);
    expect(found(nursing('80', 'exact', '甲'), nursing('80', 'exact', '乙'))).toEqual([]);
    expect(found(nursing('80', 'exact', '甲'), nursing('70', 'exact', '甲', 2023))).toEqual([]);
  });
});

describe('T2', () => {
  it('computes a printed share from the printed counts, and tells what their rounding explains', () => {
    const of = (institution: string, share: string) =>
      found(
        beds('护理型床位数', '0.8', 2025),
        beds('养老机构床位数', institution, 2025),
        nursing(share, 'exact', '甲'),
      );
    expect(of('1', '80')).toEqual([]);
    expect(of('1.1', '70').map(([rule, severity]) => [rule, severity])).toEqual([['T2', 'warning']]);
    expect(of('1.1', '90').map(([rule, severity]) => [rule, severity])).toEqual([['T2', 'error']]);
    expect(of('1.1', '90')[0]![2]).toContain('0.8万张 ÷ 1.1万张 = 72.73%');
  });
  it('says that a target is reached by its own count only after rounding', () => {
    const people = population('5476300', { printedAs: '547.63万人' });
    const count = target('24600', { value: { kind: 'atLeast', value: '24600' } });
    const [note] = found(people, count, perThousand('4.5'));
    expect(note).toEqual([
      'T2',
      'note',
      '“每千人口3岁以下婴幼儿托位数”2025年：≥24600个 ÷ 547.63万人 = 4.492个，四舍五入后才达到目标 4.5个，未经舍入未达到',
    ]);
    const enough = target('24644', { value: { kind: 'atLeast', value: '24644' } });
    expect(found(people, enough, perThousand('4.5'))).toEqual([]);
  });
  it('compares a reported share with the people of the same year', () => {
    const share = baseline('9.49', {
      indicator: '65岁及以上人口占比',
      printedName: '占总人口',
      unit: '%',
      year: 2020,
    });
    const aged = population('460800', {
      population: 'residentAged65',
      printedAs: '46.08万人',
      printedName: '65岁',
    });
    const all = population('4858400', { printedAs: '485.84万人' });
    expect(found(share, aged, all).map(([rule, severity]) => [rule, severity])).toEqual([['T2', 'warning']]);
  });
});

it('T3 adds the printed shares up and compares them with the target and the printed total', () => {
  const printed = { basis: 'printed' as const, printedTotal: { kind: 'exact' as const, value: '120' } };
  expect(found(target('100'), shares({ '990101': '40', '990102': '70' }, printed))).toEqual([
    ['T3', 'error', '“3岁以下婴幼儿托位数”2025年分解数合计 110个，表中合计印作 120个'],
    ['T3', 'error', '“3岁以下婴幼儿托位数”2025年分解数合计 110个，方案目标 100个'],
  ]);
  expect(found(target('110'), shares({ '990101': '40', '990102': '70' }))).toEqual([]);
});
