import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';

const PLAN = '513400-2023-2025';
const FIGURES = 'samples/plans/liangshan-indicators.csv';

let database: TestDatabase;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, { ...ACTOR_ENV, DATABASE_URL: database.connectionString });
const json = async <T>(...words: string[]): Promise<T> =>
  JSON.parse((await run(...words, '--json')).out) as T;

beforeAll(async () => {
  database = await testDatabase();
  await run('import', 'samples/liangshan-major-projects.xlsx', '--effective', '2023-12-15');
});
afterAll(() => database.drop());

describe('taizhang with a published plan', () => {
  it('tries it, records it once, and lists it', async () => {
    const tried = await run('import-plan', FIGURES, '--dry-run');
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toContain('试导入（未记录任何内容）');
    expect(await json('plans')).toEqual({ items: [] });
    expect((await run('import-plan', FIGURES)).out).toMatch(/146 +0 +0 +0 +147/u);
    expect((await run('import-plan', FIGURES)).out).toMatch(/0 +0 +146 +0 +0/u);
    expect((await run('import-plan', 'samples/plans/liangshan-tasks.csv')).out).toMatch(/12 +0 +0 +0 +12/u);
    const { out } = await run('plans', '--region', '513400', '--csv');
    const [plan] = Papa.parse<Record<string, string>>(out, { header: true, skipEmptyLines: true }).data;
    expect(plan).toMatchObject({ 编号: PLAN, 文号: '凉府办发〔2023〕33号', 任务: '12' });
  });

  it('computes 2.585 places per 1,000, and says from what', async () => {
    const words = ['indicators', '--region', '513400', '--year', '2023', '--indicator', 'placesPerThousand'];
    expect((await run(...words)).out).toMatch(/2\.585 +个 +12559 +2023-12-31 +4858400 +2020-12-31/u);
    expect((await run('indicators', '--region', '513400', '--year', '2023')).code).toBe(0);
  });

  it('says what 4.5 takes, what is missing, and what the list plans', async () => {
    const { out } = await run('trajectory', PLAN);
    expect(out).toMatch(/2025 +4\.5个 +\S+ +21863 +9304 +200 /u);
    expect(out).toContain('现有托位 12559');
    expect(out).toContain('T4：');
  });

  it('puts what contradicts itself side by side', async () => {
    const { out } = await run('targets', PLAN, '--year', '2025');
    expect(out).toContain('T1');
    expect(out).toMatch(/护理型床位占比”2025年的目标不一致/u);
    const { targets } = await json<{ targets: unknown[] }>('targets', PLAN, '--year', '2025');
    expect(targets.length).toBeGreaterThan(0);
  });

  it('lists the tasks of a unit', async () => {
    const { items } = await json<{ items: { leadUnits: string[] }[] }>('tasks', PLAN);
    expect(items).toHaveLength(12);
    expect((await run('tasks', PLAN, '--unit', items[0]!.leadUnits[0]!)).out).toContain('牵头单位');
  });

  it('prints targets by year, and writes tables that it reads again', async () => {
    const { out } = await run('targets', PLAN, '--by-year');
    expect(out).toMatch(/每千人口3岁以下婴幼儿托位数 +2025 +\S*4\.5个\S* +2\.585 +0\.000 +未达到/u);
    const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-plans-'));
    const file = path.join(folder, '指标.xlsx');
    const written = await run('indicators', '--region', '513400', '--year', '2023', '--xlsx', file);
    expect(written.out).toContain('凉山彝族自治州2023年指标表，21 行（单位：见各行）');
    const template = path.join(folder, '分解.xlsx');
    expect((await run('breakdown', PLAN, '--template', '--xlsx', template)).code).toBe(0);
    const nothing = await run('import-plan', template, '--dry-run');
    expect(nothing.out + nothing.err).toContain('import.noRows');
    rmSync(folder, { recursive: true });
    expect((await run('breakdown', PLAN)).err).toContain('[plan.noBreakdown]');
  });

  it('reports on a task, and shows what was said', async () => {
    const { items } = await json<{ items: { taskId: string }[] }>('tasks', PLAN);
    const words = ['report-task', PLAN, items[0]!.taskId, '--state', '推进中'];
    expect((await run(...words)).code).not.toBe(0);
    expect(await run(...words, '--note', '已选址')).toMatchObject({ code: 0, out: '已记录\n' });
    expect((await run('tasks', PLAN)).out).toContain('凉山彝族自治州报告：已选址');
    const elsewhere = await run(
      ...words,
      '--note',
      '已选址',
      '--region',
      '513401',
      '--actor-region',
      '410500',
    );
    expect(elsewhere.err).toContain('[actor.outsideRegion]');
  });

  it('refuses what there is no plan for, and a plan of elsewhere', async () => {
    expect(await run('targets', '990100-2030-2031')).toMatchObject({ code: 1, out: '' });
    const elsewhere = await run('import-plan', FIGURES, '--actor-region', '410500');
    expect(elsewhere.err).toContain('[actor.outsideRegion]');
  });
});
