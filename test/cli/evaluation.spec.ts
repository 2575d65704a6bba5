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
  expect(preview.out).toContain('凉山彝族自治州 2024 年度评估：未封存');
  const digest = /快照摘要 ([0-9a-f]{64})/u.exec(preview.out)![1]!;
  const sealed = await run('evaluate', ...YEAR, '--seal', '--json');
  expect(JSON.parse(sealed.out)).toMatchObject({ outcome: 'recorded', sealed: { digest } });
  expect((await run('evaluate', ...YEAR, '--seal')).out).toContain('此前已封存，内容相同');
  const listed = await run('evaluations', '--year', '2024', '--csv');
  expect(listed.out.trim().split('\n')).toHaveLength(2);
  expect(listed.out).toContain(digest);
  const id = (JSON.parse(sealed.out) as { evaluationId: string }).evaluationId;
  const file = `${folder}/sheet.xlsx`;
  expect((await run('evaluations', '--sheet', id, '--xlsx', file)).out).toContain('能力评价表，11 行');
  expect(Object.keys(unzipSync(readFileSync(file)))).toContain('xl/workbook.xml');
});

describe('points, differences and years side by side', () => {
  const EVALUATOR_ENV = { ...ACTOR_ENV, TAIZHANG_ACTOR_ROLE: 'Evaluator' };
  const idOf = ({ out }: Captured) => (JSON.parse(out) as { evaluationId: string }).evaluationId;
  const seal = async (year: string, ...more: string[]) =>
    idOf(await run('evaluate', '--region', '513400', '--year', year, '--seal', '--json', ...more));
  const score = (...words: string[]): Promise<Captured> =>
    runCaptured(['evaluations', 'score', '--region', '513400', '--year', '2025', ...words], {
      ...EVALUATOR_ENV,
      DATABASE_URL: database.connectionString,
      DATA_DIR: folder,
    });

  it('what was scored after the first sealing is what differs in the second', async () => {
    const first = await seal('2025');
    const scored = await score('--item', 'E1=8.5', '--item', 'F2=4', '--document', '示例评〔2026〕1号');
    expect([scored.err, scored.out]).toEqual(['', '已记录 2 项得分，计入此后的封存\n']);
    const second = await seal('2025', '--reason', '补评');
    const { out } = await run('evaluations', 'differences', second, '--json');
    const { from, to, items } = JSON.parse(out) as {
      from: string;
      to: string;
      items: { section: string; key: string; figures: { figure: string; to: unknown }[] }[];
    };
    expect([from, to]).toEqual([first, second]);
    expect(items.map(({ section, key }) => `${section} ${key}`)).toEqual([
      'scores item/E1',
      'scores item/F2',
      'scores total',
    ]);
    expect(items[0]!.figures).toContainEqual(
      expect.objectContaining({ figure: 'points', from: null, to: '8.50' }),
    );
    const table = await run('evaluations', 'differences', second, '--from', first);
    expect(table.out).toMatch(/能力评价 +工作机制与责任落实 +改变 +得分 +— +8\.50/u);
  });

  it('the year before stands beside a year, where it was sealed', async () => {
    const before = await seal('2022');
    const now = await seal('2023');
    const { out } = await run('evaluations', 'year-on-year', now, '--csv');
    const rows = out.split('\n').filter((line) => line.includes(',合计,项目数,'));
    expect(rows.map((line) => line.trim().split(',').slice(-3))).toEqual([
      ['0', '22', '22'],
      ['0', '22', '22'],
    ]);
    const alone = await run('evaluations', 'year-on-year', before);
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('[evaluation.notFound]')]);
    const first = await run('evaluations', 'differences', before);
    expect([first.code, first.err]).toEqual([1, expect.stringContaining('此前没有封存过')]);
  });

  it.each([
    [2, 'E1=很好', '应为 项目编号=分数'],
    [1, 'E1=11', '[evaluation.pointsOverWeight]'],
    [1, 'A1=5', '[evaluation.derivedItem]'],
  ])('leaves with %d for points like %s', async (code, item, said) => {
    const told = await score('--item', item, '--document', '示例评〔2026〕1号');
    expect([told.code, told.err]).toEqual([code, expect.stringContaining(said)]);
  });
});

it('drafts, issues and writes a circular', async () => {
  const draft = await run('circular', 'draft', ...PERIOD);
  expect(draft.out).toContain('全域在库项目22个，总投资39,045万元');
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
