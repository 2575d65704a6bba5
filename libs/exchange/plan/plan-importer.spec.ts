import { readFileSync } from 'node:fs';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { PlanRecorder } from '#libs/plans/application/plan-recorder.js';
import { entriesOf } from '#libs/plans/domain/state.js';
import { PlanImporter } from './plan-importer.js';

const NOW = () => new Date('2026-11-24T04:00:00.000Z');
const actor = (region: string) => ({
  user: '示例经办人',
  unit: '示例发展改革委',
  role: 'DevelopmentReform',
  region,
});
const SAMPLES = new URL('../../../samples/plans/', import.meta.url);
const sample = (name: string) => readFileSync(new URL(name, SAMPLES));

function bench() {
  const store = new MemoryEventStore();
  const recorder = new PlanRecorder(store, NOW);
  const kept = new Map<string, Uint8Array>();
  const files = {
    put: (bytes: Uint8Array, fileName: string) => {
      kept.set(fileName, bytes);
      return Promise.resolve({ digest: '' });
    },
  };
  const importer = new PlanImporter({ recorder, files, now: NOW });
  const load = async (bytes: Uint8Array, fileName: string, region: string, dryRun = false) =>
    (await importer.import({ bytes, fileName, actor: actor(region), dryRun })).report;
  return { recorder, kept, load };
}

const MADE_UP = [
  '方案,示例州“一老一小”整体解决方案',
  '行政区划代码,990100',
  '时期,2023—2025',
  '印发日期,2023-12-11',
];
const csv = (...lines: string[]) => Buffer.from([...MADE_UP, ...lines].join('\n'));

describe('the published plans', () => {
  it.each([
    ['anyang', '410500', '410500-2022-2025', 69, 29],
    ['xixian', '610000', '610000-xixian-2023-2025', 39, 3],
    ['liangshan', '513400', '513400-2023-2025', 146, 12],
    ['henan', '410000', '410000-2022-2025', 12, 19],
    ['changzhou', '320400', '320400-2022-2025', 107, 20],
  ])(
    '%s loads whole, figures and tasks, each with its document and place',
    async (name, region, planId, figures, tasks) => {
      const { recorder, load } = bench();
      const first = await load(sample(`${name}-indicators.csv`), `${name}-indicators.csv`, region);
      expect(first.rows.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
      expect(first).toMatchObject({ planId, outcomes: { recorded: figures, held: 0 }, events: figures + 1 });
      const second = await load(sample(`${name}-tasks.csv`), `${name}-tasks.csv`, region);
      expect(second).toMatchObject({ planId, outcomes: { recorded: tasks, held: 0 }, events: tasks });
      const { entries } = await recorder.read(planId);
      expect(entries.size).toBe(figures + tasks);
      for (const { data } of entries.values()) {
        expect('source' in data && data.source).toMatchObject({
          locator: expect.stringMatching(/\(L\d+/u) as string,
        });
      }
      const again = await load(sample(`${name}-indicators.csv`), 'copy.csv', region);
      expect(again).toMatchObject({ events: 0, outcomes: { unchanged: figures, recorded: 0 } });
    },
  );

  it('of 凉山 says what its figures are', async () => {
    const { recorder, load } = bench();
    await load(sample('liangshan-indicators.csv'), 'a.csv', '513400');
    const state = await recorder.read('513400-2023-2025');
    expect(
      entriesOf(state, 'PopulationRecorded').find(({ data }) => data.population === 'resident'),
    ).toMatchObject({
      effectiveDate: '2020',
      data: { persons: '4858400', printedAs: '485.84万人', year: 2020 },
    });
    const nursing = entriesOf(state, 'TargetSet').filter(
      ({ data }) => data.indicator === '养老机构护理型床位占比' && data.year === 2025,
    );
    expect(nursing.map(({ data }) => [data.value, data.attribute])).toEqual([
      [{ kind: 'exact', value: '80' }, undefined],
      [{ kind: 'exact', value: '80' }, undefined],
      [{ kind: 'atLeast', value: '60' }, 'Binding'],
    ]);
  });
});

describe('a file of a plan', () => {
  const HEADER = '类别,指标,单位,年份,关系,数值,上限,位置';
  const ROW = '目标,托位数,个,2025,=,21863,,表2 第1行';

  it('changed, records only the changes, with the old entry taken back', async () => {
    const { load, recorder } = bench();
    const other = '基期,托位数,个,2022,=,12559,,一(二)';
    await load(csv(HEADER, ROW, other), 'a.csv', '990100');
    const changed = await load(csv(HEADER, ROW.replace('21863', '21900'), other), 'b.csv', '990100');
    expect(changed).toMatchObject({ events: 2, outcomes: { revised: 1, unchanged: 1 } });
    const [target] = entriesOf(await recorder.read('990100-2023-2025'), 'TargetSet');
    expect(target?.data.value).toEqual({ kind: 'exact', value: '21900' });
    const back = await load(csv(HEADER, ROW, other), 'a.csv', '990100');
    expect(back.outcomes).toMatchObject({ revised: 1, unchanged: 1 });
  });

  it('tried, stores nothing and keeps no file', async () => {
    const { load, recorder, kept } = bench();
    expect(await load(csv(HEADER, ROW), 'a.csv', '990100', true)).toMatchObject({ events: 2, dryRun: true });
    expect((await recorder.read('990100-2023-2025')).plan).toBeUndefined();
    expect(kept.size).toBe(0);
  });

  it('holds the rows that it cannot read, with sheet, row and column, and records the others', async () => {
    const { load } = bench();
    const report = await load(
      csv(
        HEADER,
        ROW,
        '愿望,托位数,个,2025,=,1,,甲',
        '目标,托位数,个,廿五,=,1,,乙',
        '目标,托位数,个,2025,=,约一百,,丙',
        '目标,,个,2025,=,1,,丁',
        '目标,托位数,个,2025,=,9,5,戊',
        '目标,托位数,个,2025,,,,己',
      ),
      'a.csv',
      '990100',
    );
    expect(report.outcomes).toEqual({ recorded: 2, revised: 0, unchanged: 0, held: 5 });
    expect(
      report.rows.flatMap(({ errors }) => errors.map(({ code, row, column }) => [code, row, column])),
    ).toEqual([
      ['import.kindUnknown', 7, 'A'],
      ['import.yearUnreadable', 8, 'D'],
      ['import.valueUnreadable', 9, 'F'],
      ['import.nameMissing', 10, 'B'],
      ['plan.badRange', 11, undefined],
    ]);
  });

  it('in the layout of a published table gives baselines and targets, binding and anticipated', async () => {
    const { load, recorder } = bench();
    const report = await load(
      csv(
        '序号,指标,单位,2021年基期值,2025年目标值,属性,牵头单位',
        '1,养老机构护理型床位占比,%,63,≥80,约束性,示例州民政局',
        '2,千人口托位数,个,—,4.8,预期性,示例州卫生健康委、示例州发展改革委',
        '3,养老床位数,万张,1—2,3以上,引导性,',
      ),
      'a.csv',
      '990100',
    );
    expect(report.rows.map(({ outcome, warnings }) => [outcome, warnings.map(({ code }) => code)])).toEqual([
      ['recorded', []],
      ['recorded', []],
      ['recorded', ['import.attributeUnknown']],
    ]);
    const state = await recorder.read('990100-2023-2025');
    expect(entriesOf(state, 'BaselineRecorded').map(({ data }) => data.value)).toEqual([
      { kind: 'exact', value: '63' },
      { kind: 'unknown' },
      { kind: 'range', low: '1', high: '2' },
    ]);
    expect(
      entriesOf(state, 'TargetSet').map(({ data }) => [data.indicator, data.value.kind, data.attribute]),
    ).toEqual([
      ['养老机构护理型床位占比', 'atLeast', 'Binding'],
      ['每千人口3岁以下婴幼儿托位数', 'exact', 'Anticipated'],
      ['养老床位数', 'atLeast', undefined],
    ]);
  });

  it('in the interchange layout is read by its English names', async () => {
    const { load } = bench();
    const report = await load(
      csv(
        'region,region_level,domain,indicator,as_printed_name,unit,kind,year,operator,value_low,value_high,attribute,lead_unit,source,locator,name_form,note',
        '示例州,prefecture,托育,托位数,托位,个,target,2025,>=,24600,,,,示例文件,三(一),verbatim,',
      ),
      'a.csv',
      '990100',
    );
    expect(report.outcomes.recorded).toBe(1);
  });

  const BREAKDOWN = ['县(市、区),"托位数(2025年,个)"', '示例1县,12000', '示例2县,9863', '合计,21863'];
  it('of county shares must add up to the target, unless it keeps what a document printed', async () => {
    const { load } = bench();
    await load(csv(HEADER, ROW), 'a.csv', '990100');
    expect((await load(csv(...BREAKDOWN), 'b.csv', '990100')).outcomes.recorded).toBe(1);
    const less = BREAKDOWN.map((line) => line.replace('9863', '9000'));
    const held = await load(csv(...less), 'c.csv', '990100');
    expect(held.rows[0]?.errors).toMatchObject([{ code: 'plan.sharesDoNotSum' }]);
    const printed = await load(csv('分解依据,文件所印', ...less), 'd.csv', '990100');
    expect(printed.outcomes.revised).toBe(1);
  });

  it.each([
    ['import.headerMissing', Buffer.from('甲,乙\n1,2')],
    ['import.planUnknown', Buffer.from(`${HEADER}\n${ROW}`)],
    ['import.emptyFile', Buffer.from('')],
    ['import.noRows', csv(HEADER)],
  ])('is refused with %s', async (code, bytes) => {
    await expect(bench().load(bytes, 'a.csv', '990100')).rejects.toMatchObject({ code });
  });

  it('of another region is refused', async () => {
    await expect(bench().load(csv(HEADER, ROW), 'a.csv', '513400')).rejects.toMatchObject({
      code: 'actor.outsideRegion',
    });
  });
});
