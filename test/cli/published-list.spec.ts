import Papa from 'papaparse';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';

const LIST = 'samples/liangshan-major-projects.xlsx';

let database: TestDatabase;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, { ...ACTOR_ENV, DATABASE_URL: database.connectionString });

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe('taizhang with the published list', () => {
  it('tries the import without recording anything', async () => {
    const tried = await run('import', LIST, '--dry-run');
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toContain('试导入（未记录任何内容）');
    expect(tried.out).toMatch(/22 +39,045 +38,845 +22 +0 +0 +0/u);
    expect(tried.out).toMatch(/G +总投资 +1750、770、1050 +总投资\n/u);
    expect(JSON.parse((await run('projects', '--json')).out)).toEqual({ items: [] });
  });

  it('tries it for nobody in particular, as the demo proposes', async () => {
    const words = ['import', LIST, '--dry-run', '--json'];
    const { code, out } = await runCaptured(words, { DATABASE_URL: database.connectionString });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ dryRun: true, outcomes: { recorded: 22, held: 0 } });
  });

  it('reads columns as it is told, and refuses what cannot be', async () => {
    const told = await run(
      ...['import', LIST, '--dry-run', '--column', 'H=社会资本', '--ignore-column', '重大项目清单!A'],
    );
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/H +自筹资金 .+ 社会资本（指定）/u);
    expect(told.out).toMatch(/A +序号 .+ 不读取（指定）/u);
    expect(told.out).toMatch(/22 +39,045 +0 +22 +0 +0 +0/u);
    const doubled = await run('import', LIST, '--dry-run', '--column', 'H=总投资');
    expect(doubled.err).toContain(
      '两列都表示“总投资”：G列“总投资”与H列“自筹资金”（工作表“重大项目清单”第2行）',
    );
    expect((await run('import', LIST, '--column', 'Q=总投资')).err).toContain('没有Q列，最后一列是I列');
    expect((await run('import', LIST, '--column', '总投资')).err).toContain('应为“列=含义”');
  });

  it('records the 22 projects, the region taken from the title', async () => {
    const first = await run('import', LIST, '--effective', '2023-12-15');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('凉山彝族自治州');
    const again = await run('import', LIST, '--effective', '2023-12-15');
    expect(again.out).toContain('没有重复记录');
    expect(again.out).toMatch(/22 +39,045 +38,845 +0 +0 +22 +0/u);
  });

  it('lists what was imported', async () => {
    expect((await run('imports', '--region', '513400')).out).toMatch(
      /liangshan-major-projects\.xlsx +凉山彝族自治州 +2023-12-15 +22 +39,045 +22 +0 +0 +0/u,
    );
    expect(JSON.parse((await run('imports', '--region', '990100', '--json')).out)).toEqual({ items: [] });
  });

  it('prints the ledger by category', async () => {
    expect((await run('ledger', '--region', '513400')).out).toBe(
      [
        '投资台账（单位：万元）',
        '项目类型  项目数  总投资  资金计划  来源未列',
        '────────  ──────  ──────  ────────  ────────',
        '养老          18  16,345    16,345         0',
        '托育           1     300       100       200',
        '医养结合       3  22,400    22,400         0',
        '────────  ──────  ──────  ────────  ────────',
        '合计          22  39,045    38,845       200',
        '  各行均为零的阶段不列出。',
        '',
      ].join('\n'),
    );
  });

  it('prints the ledger by year of use, in 元', async () => {
    const { out } = await run('ledger', '--group-by', 'plannedUseYear', '--yuan');
    expect(out).toContain('投资台账（单位：元）');
    expect(out).toMatch(/2023 +9 +90,200,000\.00 +88,200,000\.00 +2,000,000\.00/u);
    expect(out).toMatch(/2024 +5 +32,250,000\.00 +32,250,000\.00 +0\.00/u);
    expect(out).toMatch(/2025 +8 +268,000,000\.00 +268,000,000\.00 +0\.00/u);
  });

  it('prints the yearly counts: ranges as ranges, unknown as unknown', async () => {
    const { out } = await run('yearly-counts', '--from', '2023', '--to', '2025', '--region', '513400');
    expect(out).toMatch(/2023 +养老床位（张） +未知 +8 /u);
    expect(out).toMatch(/2023 +托位（个） +200 +— /u);
    expect(out).toMatch(/2025 +养老床位（张） +350–450 +5 /u);
  });

  it('gives programs CSV that reads back', async () => {
    const ledger = await run('ledger', '--group-by', 'category', '--csv');
    const rows = Papa.parse<Record<string, string>>(ledger.out, { header: true, skipEmptyLines: true }).data;
    expect(rows.map((row) => [row['项目类型'], row['总投资（万元）'], row['来源未列（万元）']])).toEqual([
      ['养老', '16345', '0'],
      ['托育', '300', '200'],
      ['医养结合', '22400', '0'],
    ]);
    const counts = await run('yearly-counts', '--from', '2025', '--to', '2025', '--csv');
    const [beds, nursing] = Papa.parse<Record<string, string>>(counts.out, {
      header: true,
      skipEmptyLines: true,
    }).data;
    expect(beds).toMatchObject({ 年度: '2025', 指标: 'beds', 计划低: '350', 计划高: '450', 未知项目: '5' });
    expect(nursing).toMatchObject({ 指标: 'nursingBeds', 计划低: '', 计划高: '', 未知项目: '8' });
  });

  it('lists projects by filter, in JSON as the API names things', async () => {
    const { out } = await run('projects', '--category', '托育', '--json');
    const { items } = JSON.parse(out) as { items: { name: string; unsourced: { fen: string } }[] };
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      name: '宁南县托育中心',
      unsourced: { fen: '200000000', yuan: '2000000.00' },
    });
    expect((await run('projects')).out).toContain('项目（22 个，单位：万元）');
    const before = await run('projects', '--as-effective-on', '2023-12-14', '--json');
    expect(JSON.parse(before.out)).toEqual({ items: [] });
    const then = ['--as-effective-on', '2023-12-15', '--as-known-at', '2999-01-01T00:00:00Z'];
    expect((await run('projects', ...then)).out).toContain('项目（22 个，单位：万元）');
  });

  it('prints what the audit rules find in it', async () => {
    const money = await run('findings', '--rule-category', '资金');
    expect(money).toMatchObject({ code: 0, err: '' });
    expect(money.out).toMatch(/疑点（1 项/u);
    expect(money.out.replace(/\s/gu, '')).toContain('=2,000,000.00元，来源未列');
    const costs = await run('findings', '--rule', 'C2', '--csv');
    const rows = Papa.parse<Record<string, string>>(costs.out, { header: true, skipEmptyLines: true }).data;
    expect(rows.map((row) => [row['对象'], row['程度'], row['处理']])).toEqual([
      ['西昌市人民医院医养中心', '提示', '待处理'],
    ]);
    const late = await run('findings', '--rule', 'L2', '--on', '2025-01-01', '--json');
    expect((JSON.parse(late.out) as { items: unknown[] }).items).toHaveLength(14);
  });

  it('shows the events of a project and refuses an unknown one', async () => {
    const { items } = JSON.parse((await run('projects', '--q', '宁南县托育中心', '--json')).out) as {
      items: { id: string }[];
    };
    const events = await run('events', items[0]!.id);
    expect(events.out).toContain('2023-12-15');
    expect(events.out).toContain('测试单位 测试用户');
    const unknown = await run('events', '00000000-0000-4000-8000-000000000000');
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('[project.unknown]');
  });

  it('rebuilds a read model and finds its totals the same', async () => {
    const rebuilt = await run('rebuild', 'investment-ledger');
    expect(rebuilt).toMatchObject({ code: 0, err: '' });
    expect(rebuilt.out).toContain('一致');
    expect(rebuilt.out).not.toContain('不一致');
    const unknown = await run('rebuild', 'nothing');
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('investment-ledger');
  });

  it('generates the made-up prefecture beside it, once', async () => {
    const words = ['generate', '--counties', '2', '--years', '4', '--seed', '3', '--projects', '1'];
    expect((await run(...words)).out).toMatch(/^示例州：\d+ 个项目、\d+ 条事件/u);
    expect((await run(...words)).out).toContain('其中新记录 0 条');
    const { out } = await run('ledger', '--region', '513400');
    expect(out).toContain('39,045');
    expect((await run('ledger', '--region', '990100', '--group-by', 'source')).out).toMatch(/合计/u);
  });
});

describe('taizhang import of a list with a bad row', () => {
  it('records the good rows, holds the bad one, and says so by its exit code', async () => {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const folder = mkdtempSync('/tmp/taizhang-cli-');
    try {
      const file = `${folder}/list.csv`;
      const header =
        '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';
      const good = '1,示例甲,养老,2025年,示例1县,床位50张,100,100,示例单位';
      const bad = '2,示例乙,养老,2025年,示例1县,床位50张,-5,0,示例单位';
      writeFileSync(file, `示例州清单(单位:万元)\n${header}\n${good}\n${bad}\n`);
      const env = { DATABASE_URL: database.connectionString, ...ACTOR_ENV, TAIZHANG_ACTOR_REGION: '990100' };
      const { code, out } = await runCaptured(['import', file, '--region', '990100'], env);
      expect(code).toBe(3);
      expect(out).toMatch(/搁置/u);
      expect(out).toMatch(/错误（G列）/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
