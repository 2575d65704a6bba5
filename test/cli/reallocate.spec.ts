import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';
import { NEIGHBOUR, PLAN_NUMBER, PROJECT, recordTracedProject } from './traced-project.js';

let database: TestDatabase;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, {
    ...ACTOR_ENV,
    TAIZHANG_ACTOR_REGION: '990100',
    DATABASE_URL: database.connectionString,
  });

beforeAll(async () => {
  database = await testDatabase();
  await recordTracedProject(database.connectionString);
});
afterAll(() => database.drop());

const said = (more: Record<string, string> = {}): string[] =>
  Object.entries({
    from: PROJECT,
    to: NEIGHBOUR,
    source: '中央预算内投资',
    year: '2025',
    stage: '下达',
    amount: '30万元',
    document: '示例调〔2025〕1号',
    reason: '进度调整',
    'plan-document': PLAN_NUMBER,
    effective: '2025-08-01',
    ...more,
  }).flatMap(([name, value]) => [`--${name}`, value]);
const reallocate = (more?: Record<string, string>, ...words: string[]) =>
  run('reallocate', ...said(more), ...words);

it('refuses more than stands there with its arithmetic, and records nothing', async () => {
  const { code, err } = await reallocate({ amount: '71万元' });
  expect(code).toBe(1);
  expect(err).toContain('[funds.reallocatedOverBalance]');
  expect(err).toContain('700,000.00');
  expect((await run('journal', '--stage', '调入')).out).not.toContain('示例调');
});

it('records both halves, once however often it is said', async () => {
  const first = await reallocate({}, '--json');
  expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
  const answer = JSON.parse(first.out) as Record<string, string>;
  expect(answer).toMatchObject({ outcome: 'recorded' });
  expect(answer['outEventId']).not.toBe(answer['inEventId']);
  const again = JSON.parse((await reallocate({ amount: '300000' }, '--json')).out) as typeof answer;
  expect(again).toEqual({ ...answer, outcome: 'repeated' });
  const { out } = await reallocate();
  expect(out).toMatch(/调出 +\S+ +中央预算内投资 2025 +下达 +300,000\.00/u);
  expect(out).toContain('此前已登记');
});

it('are listed pair by pair', async () => {
  const { code, out } = await run('reallocations', '--project-id', NEIGHBOUR);
  expect(code).toBe(0);
  expect(out).toMatch(/已成对 .*日间照料中心.*中央预算内投资 +2025 +下达 +300,000\.00/u);
  const half = JSON.parse((await run('reallocations', '--state', '只有一半', '--json')).out) as object;
  expect(half).toEqual({ items: [] });
});

it('moves money and draw together', async () => {
  const { out } = await run('trace', 'plan-document', PLAN_NUMBER);
  expect(out).toMatch(/日间照料中心 .*30 /u);
  expect((await run('journal', '--stage', '调出')).out).toContain('示例调〔2025〕1号');
  expect((await run('journal', '--stage', '调入')).out).toContain('示例调〔2025〕1号');
});

it('is another one under another key', async () => {
  const other = await reallocate({ key: '第二笔' }, '--json');
  expect(JSON.parse(other.out)).toMatchObject({ outcome: 'recorded' });
});

it.each([
  ['the same project', { to: PROJECT }, 1, /reallocation\.sameProject/u],
  ['nothing', { amount: '0' }, 2, /应大于零/u],
  ['no such stage', { stage: '支付' }, 2, /下达（allocated）/u],
])('%s is refused', async (_what, more, code, message) => {
  const refused = await reallocate(more);
  expect([refused.code, refused.err]).toEqual([code, expect.stringMatching(message)]);
});

it('carries the year forward with what was moved: as tried out, and once', async () => {
  const words = ['carry-forward', '--region', '990100', '--year', '2025', '--document', '示例财〔2026〕1号'];
  const tried = JSON.parse((await run(...words, '--dry-run', '--json')).out) as { carried: number };
  const done = JSON.parse((await run(...words, '--json')).out) as typeof tried;
  expect(done).toEqual({ ...tried, dryRun: false });
  expect(done).toMatchObject({ carried: 2, refused: [] });
  const { out } = await run('ledger', '--region', '990100', '--year', '2026', '--json');
  const sum = (done as unknown as { amounts: { amountFen: string }[] }).amounts
    .map(({ amountFen }) => BigInt(amountFen))
    .reduce((a, b) => a + b);
  expect(JSON.parse(out)).toMatchObject({ total: { amounts: { carriedIn: { fen: sum.toString() } } } });
  expect((await run(...words)).out).toMatch(/2 +0 +2 +0 +0 +0\.00/u);
});
