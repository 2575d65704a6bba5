import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';

let database: TestDatabase;
let folder: string;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, {
    ...ACTOR_ENV,
    DATABASE_URL: database.connectionString,
    DATA_DIR: folder,
    SIGNING_KEY: `${folder}/key.pem`,
  });
const YEAR = ['--region', '513400', '--year', '2024'];
const PERIOD = ['--region', '513400', '--period', '2025-Q1'];

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync('/tmp/taizhang-evaluation-');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(`${folder}/key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await run('import', 'samples/liangshan-major-projects.csv', '--effective', '2023-12-15');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

it('shows the snapshot of a year without sealing it, and seals it once', async () => {
  const preview = await run('evaluate', ...YEAR);
  expect({ code: preview.code, err: preview.err }).toEqual({ code: 0, err: '' });
  expect(preview.out).toContain('凉山彝族自治州 2024 年度评估:未封存');
  const digest = /快照摘要 ([0-9a-f]{64})/u.exec(preview.out)![1]!;
  const sealed = await run('evaluate', ...YEAR, '--seal', '--json');
  expect(JSON.parse(sealed.out)).toMatchObject({ outcome: 'recorded', sealed: { digest } });
  expect((await run('evaluate', ...YEAR, '--seal')).out).toContain('此前已封存,内容相同');
  const listed = await run('evaluations', '--year', '2024', '--csv');
  expect(listed.out.trim().split('\n')).toHaveLength(2);
  expect(listed.out).toContain(digest);
  const id = (JSON.parse(sealed.out) as { evaluationId: string }).evaluationId;
  const file = `${folder}/sheet.xlsx`;
  expect((await run('evaluations', '--sheet', id, '--xlsx', file)).out).toContain('能力评价表,11 行');
  expect(Object.keys(unzipSync(readFileSync(file)))).toContain('xl/workbook.xml');
});

it('drafts, issues and writes a circular', async () => {
  const draft = await run('circular', 'draft', ...PERIOD);
  expect(draft.out).toContain('全域在库项目22个,总投资39,045万元');
  const issue = ['circular', 'issue', ...PERIOD, '--number', '示例发改〔2025〕9号'];
  expect((await run(...issue)).out).toMatch(/^已印发/u);
  expect((await run(...issue)).out).toMatch(/^此前已印发/u);
  const file = `${folder}/circular.docx`;
  expect((await run('circular', 'export', ...PERIOD, '--docx', file)).code).toBe(0);
  expect(Object.keys(unzipSync(readFileSync(file)))).toContain('word/document.xml');
});

it('says why it will not', async () => {
  const early = await run('evaluate', '--region', '513400', '--year', '2150', '--seal');
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('[evaluation.yearNotOver]')]);
  const period = await run('circular', 'draft', '--region', '513400', '--period', '2025-13');
  expect([period.code, period.err]).toEqual([1, expect.stringContaining('[circular.badPeriod]')]);
});
