import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { idFor } from '#libs/kernel/ids.js';
import { runCaptured, type Captured } from './run-captured.js';
import { PLAN_NUMBER, recordTracedProject } from './traced-project.js';

let database: TestDatabase;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, { DATABASE_URL: database.connectionString });

beforeAll(async () => {
  database = await testDatabase();
  await recordTracedProject(database.connectionString);
});
afterAll(() => database.drop());

const PAGE = readFileSync(new URL('../../docs/auditors-afternoon.md', import.meta.url), 'utf8');
const SHOWN = [...PAGE.matchAll(/^```\n\$ taizhang (.*)\n([^]*?)```$/gmu)].map(([, said, out]) => [
  said!,
  out!,
]);

it('the page of the auditor’s afternoon has five commands', () => {
  expect(SHOWN).toHaveLength(5);
});

it.each(SHOWN)('$ taizhang %s prints what the page shows', async (said, shown) => {
  const printed = await run(...said.split(' ').map((word) => word.replaceAll("'", '')));
  expect({ ...printed, out: printed.out.trimEnd() }).toEqual({ code: 0, err: '', out: shown.trimEnd() });
});

/** The same, asked in other ways. */
describe('an auditor’s afternoon', () => {
  it('begins with a figure of the ledger', async () => {
    const { out } = await run('ledger', '--group-by', 'source,year', '--region', '990101');
    expect(out).toMatch(/中央预算内投资 +2025 .* 250 +180 +120 +110/u);
  });

  it('goes to the entries behind it, to a payment, and back to the document', async () => {
    const { out: listed } = await run('journal', '--stage', '支付', '--year', '2025', '--region', '990101');
    expect(listed).toContain('施工合同第1期');
    const payment = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/u.exec(listed)![0];
    const { out, code } = await run('trace', 'payment', payment);
    expect(code).toBe(0);
    const steps =
      /← 到位 2025-06-21 进账单2025-031\s+← 拨付 2025-06-20 示例财建〔2025〕31号\s+← 下达 2025-05-25/u;
    expect(out).toMatch(steps);
    expect(out).toMatch(/1 +100 /u);
    expect(out).toMatch(/2 +10 /u);
    expect(out.split(PLAN_NUMBER).length - 1).toBeGreaterThanOrEqual(2);
  });

  it('goes forth again from the document to where its money is, by number however typed', async () => {
    const { out } = await run('trace', 'plan-document', '示例发改投资[2025] 8号');
    expect(out).toMatch(/示例1县社会福利院建设项目 +260 +250 +10 +70 +60 +10 +110 +0 +0/u);
    expect(out).toContain('各笔资金的去路（5 笔）');
    const { out: csv } = await run('trace', 'plan-document', PLAN_NUMBER, '--csv');
    const lots = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
    expect(lots.slice(1).map((row) => row.slice(1, 3))).toEqual([
      ['100', '支付'],
      ['10', '支付'],
      ['10', '到位'],
      ['60', '拨付'],
      ['70', '下达'],
    ]);
  });

  it('ends with what lies idle', async () => {
    const { out } = await run('ageing', '--region', '990101', '--as-effective-on', '2025-12-31');
    expect(out).toMatch(/下达未拨付 +中央预算内投资 +0 +0 +70 +0 +0 +70 +1/u);
    expect(out).toMatch(/拨付未到位 +中央预算内投资 +0 +0 +60 +0 +0 +60 +1/u);
    expect(out).toMatch(/到位未支付 +中央预算内投资 +0 +0 +10 +0 +0 +10 +1/u);
  });

  it('lists the documents with what is left of them', async () => {
    const { out } = await run('plan-documents', '--region', '990100');
    expect(out).toMatch(/示例发改投资〔2025〕8号 .* 500 +260 +250 +250 +1/u);
  });

  it.each([
    [['trace', 'payment', idFor('nothing')], /trace\.unknownPayment/u],
    [['trace', 'plan-document', '示例没有这个文号'], /没有文号为“示例没有这个文号”.*fundPlan\.notFound/u],
    [['ageing', '--boundaries', '90,80'], /ageing\.badBoundaries/u],
  ])('%j is refused', async (words, message) => {
    const { code, err } = await run(...words);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});
