import { ImportBench, ACTOR } from '#libs/exchange/import/testing/import-bench.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ImportReportHandler } from './import-report.handler.js';
import { importsProjection } from './projection.js';
import { ImportsHandler } from './imports.handler.js';
import { ImportReportQuery, ImportsQuery } from './queries.js';

const HEADER = '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';
const file = (count: number) =>
  [
    '测试清单(单位:万元)',
    HEADER,
    ...Array.from(
      { length: count },
      (_, n) => `${n},${'长'.repeat(200)}${n},养老,2023年,布拖县,床位10张,${n},0,布拖县民政局`,
    ),
  ].join('\n');

let database: ReadModelDatabase;
const bench = new ImportBench();

beforeAll(async () => {
  database = await ReadModelDatabase.open(importsProjection);
});
afterAll(() => database.close());

const imports = async () => (await bench.events()).filter(({ stream }) => stream.startsWith('import-'));
const query = (importId: string) =>
  new ImportReportHandler(database.dataSource).execute(new ImportReportQuery(importId));

it('gives back a report of many parts as the importer gave it', async () => {
  const { report } = await bench.run(file(400));
  const events = await imports();
  expect(events.length).toBeGreaterThan(2);
  expect(await database.apply(events, 2)).toEqual([events.length]);
  const { dryRun, alreadyImported, ...recorded } = report;
  expect([dryRun, alreadyImported]).toEqual([false, false]);
  const found = await query(report.importId);
  const lists = recorded.lists.map((list) => ({
    ...list,
    columns: list.columns!.map(({ samples: _, ...column }) => column),
  }));
  expect(found).toEqual({
    ...recorded,
    lists,
    actor: ACTOR,
    recordedAt: '2026-11-22T02:00:00.000Z',
    runs: 1,
  });
  expect(await database.totals(importsProjection)).toMatchObject({ imports: '1', runs: '1' });
});

it('knows no import of another id, nor of what is no id', async () => {
  expect(await query('aaaaaaaa-0000-4000-8000-000000000009')).toBeNull();
  expect(await query("x' or true --")).toBeNull();
});

describe('the list of imports', () => {
  let lists: ReadModelDatabase;
  let ids: string[];
  const page = (params: { region?: string; cursor?: string; limit?: number }) =>
    new ImportsHandler(lists.dataSource).execute(new ImportsQuery({ limit: 50, ...params }));

  beforeAll(async () => {
    lists = await ReadModelDatabase.open(importsProjection);
    const several = new ImportBench();
    const first = await several.run(file(1));
    const second = await several.run(file(2), { fileName: '第二份.csv' });
    const county = await several.run(file(3), { region: '513429' });
    await several.run(file(4));
    ids = [first, second, county].map(({ report }) => report.importId);
    const events = await several.events();
    await lists.apply(events.filter(({ stream }) => stream.startsWith('import-')));
  });
  afterAll(() => lists.close());

  it('has each import once, the latest first, page by page', async () => {
    const { items, nextCursor } = await page({});
    expect(nextCursor).toBeNull();
    expect(items.slice(1).map(({ importId }) => importId)).toEqual(ids.toReversed());
    expect(items[2]).toMatchObject({
      fileName: '第二份.csv',
      totals: { projects: 2 },
      actor: ACTOR,
      runs: 1,
    });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const one: Awaited<ReturnType<typeof page>> = await page({ limit: 1, ...(cursor && { cursor }) });
      seen.push(...one.items.map(({ importId }) => importId));
      cursor = one.nextCursor;
    }
    expect(seen).toEqual(items.map(({ importId }) => importId));
  });

  it('is that of a region and those within it', async () => {
    const within = async (region: string) => (await page({ region })).items.map(({ importId }) => importId);
    expect(await within('513429')).toEqual([ids[2]]);
    expect(await within('513400')).toHaveLength(4);
    expect(await within('990100')).toEqual([]);
  });

  it('takes no cursor of another list', async () => {
    await expect(page({ cursor: 'eyJhIjoxfQ' })).rejects.toMatchObject({ code: 'paging.badCursor' });
  });
});
