import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import { ACTOR_ENV, BY_FINANCE, runCaptured, type Captured } from './run-captured.js';

let database: TestDatabase;
let folder: string;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, { ...ACTOR_ENV, DATABASE_URL: database.connectionString });

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync('/tmp/taizhang-finance-');
  await run('import', 'samples/liangshan-major-projects.csv', '--effective', '2023-12-15');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

const sheetOf = async (file: string) => (await readTable(readFileSync(file), file))[0]!;

it('writes the ledger as a workbook', async () => {
  const file = `${folder}/ledger.xlsx`;
  const { code, out } = await run('ledger', '--region', '513400', '--xlsx', file);
  expect({ code, out }).toEqual({
    code: 0,
    out: `已写入 ${file}：凉山彝族自治州投资台账，3 行（单位：万元）\n`,
  });
  expect((await sheetOf(file)).rows.get(8)!.get(3)).toMatchObject({ text: '39045', kind: 'formula' });
});

it('writes the project list as it was published, which imported again changes nothing', async () => {
  const file = `${folder}/list.xlsx`;
  await run('projects', '--region', '513400', '--xlsx', file);
  expect([...(await sheetOf(file)).rows.get(1)!.values()][0]!.text).toBe('凉山州“一老一小”重大项目清单');
  const again = await run('import', file, '--region', '513400', '--json');
  expect(JSON.parse(again.out)).toMatchObject({
    outcomes: { recorded: 0, revised: 0, unchanged: 22, held: 0 },
  });
  const none = await run('projects', '--xlsx', file, '--list', '没有的清单');
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('[export.noSuchList]')]);
});

it('says where a workbook cannot be written', async () => {
  const { code, err } = await run('ledger', '--xlsx', `${folder}/no/such/ledger.xlsx`);
  expect([code, err]).toEqual([1, expect.stringMatching(/目录不存在 \[cli\.fileUnwritable\]/u)]);
});

it('closes a year of a region, once, for finance alone', async () => {
  const close = (year: string) => run('close-year', '--region', '513400', '--year', year, ...BY_FINANCE);
  const commission = await run('close-year', '--region', '513400', '--year', '2024');
  expect(commission).toMatchObject({ code: 1, out: '' });
  expect(commission.err).toContain('发展改革委无权办理此事项，应由财政办理 [actor.notPermitted]');
  const first = await close('2024');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/凉山彝族自治州 2024 年度关账/u);
  expect(first.out).toMatch(/22 +22 +0 +0/u);
  expect((await close('2024')).out).toMatch(/22 +0 +22 +0/u);
  const early = await close('2150');
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('[year.notBegun]')]);
  expect((await run('close-year', '--region', '513400')).code).toBe(2);
});

it('carries a year forward: tried out, done, and nothing the second time', async () => {
  const words = ['carry-forward', '--region', '513400', '--year', '2025', '--document', '示例财〔2026〕1号'];
  const tried = await run(...words, '--dry-run');
  expect(tried).toMatchObject({ code: 0, err: '' });
  expect(tried.out).toContain('试结转（未记录任何内容）：凉山彝族自治州 2025 → 2026 年度（单位：元）');
  expect(tried.out).toMatch(/22 +0 +22 +0 +0 +0\.00/u);
  expect(JSON.parse((await run(...words, '--json')).out)).toMatchObject({
    ...{ year: 2025, toYear: 2026, carried: 0, unchanged: 22, amounts: [], refused: [] },
  });
  expect((await run(...words.slice(0, 5))).code).toBe(2);
  const early = await run('carry-forward', '--region', '513400', '--year', '2150', '--document', '示');
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('[year.notBegun]')]);
});

it('reconciles a statement and lists what the ledger does not have', async () => {
  const file = `${folder}/statement.csv`;
  const header = '日期,凭证/文号,收款单位,金额(元),资金来源';
  writeFileSync(file, `${header}\n2025-06-01,1号,示例公司,1234.56,自筹资金\n`);
  const { code, out, err } = await run('reconcile', file, '--region', '513400', '--dry-run');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('对账（试对账，未记录）：不符（2025-06-01 至 2025-06-01）');
  expect(out).toMatch(/自筹资金 +1,234\.56 +0\.00 +-1,234\.56/u);
  expect(out).toContain('对账单有、台账没有（单位：元）');
  expect(out).toContain('2025-06-01 以前的台账记录没有核对');
  const whole = await run('reconcile', file, '--region', '513400', '--dry-run', '--from', '2025-05-01');
  expect(whole.out).toContain('（2025-05-01 至 2025-06-01）');
  expect(whole.out).not.toContain('没有核对');
  const recorded = await run('reconcile', file, '--region', '513400', '--json');
  expect(JSON.parse(recorded.out)).toMatchObject({ dryRun: false, result: { outcome: 'differing' } });
});
