import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';
import { PROJECT, recordTracedProject } from './traced-project.js';

let database: TestDatabase;
let folder: string;
const run = (...words: string[]): Promise<Captured> =>
  runCaptured(words, {
    ...ACTOR_ENV,
    TAIZHANG_ACTOR_REGION: '990100',
    DATABASE_URL: database.connectionString,
  });
const json = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { out, code, err } = await run(...words, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Record<string, unknown>;
};

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'taizhang-rule-sets-'));
  await recordTracedProject(database.connectionString);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

describe('rule sets on the command line', () => {
  const file = () => path.join(folder, 'shili.json');
  const adopt = (...more: string[]) =>
    run('rule-sets', 'adopt', file(), '--region', '990100', '--from', '2025-01-01', ...more);

  it('begin with the one that is shipped', async () => {
    expect(await json('rule-sets', 'list')).toMatchObject({ items: [{ id: 'default', region: null }] });
    expect((await run('rule-sets', 'show', 'default')).out).toMatch(/M4\.days .*90/u);
    expect((await run('rule-sets', 'show', 'nothing')).err).toContain('[ruleSet.unknown]');
  });

  it('are adopted from a file, once, and refused where the file says too little', async () => {
    writeFileSync(file(), '{"id": "shili"');
    expect(await adopt()).toMatchObject({
      code: 1,
      err: expect.stringContaining('[ruleSet.unreadable]') as string,
    });
    const paper = '示例发改〔2025〕9号';
    const parameters = [{ name: 'M4.days', from: '1949-10-01', value: '10', source: paper }];
    const set = {
      id: 'shili',
      version: 1,
      title: '示例州严格规则',
      authority: '示例州发展改革委',
      parameters,
    };
    writeFileSync(file(), JSON.stringify(set));
    expect((await adopt()).err).toContain('[ruleSet.incomplete]');
    writeFileSync(file(), JSON.stringify({ ...set, documentNumber: paper }));
    const day = ['--effective', '2025-12-01'];
    expect(await adopt(...day)).toMatchObject({
      code: 0,
      out: '已采用 shili@1 示例州严格规则：990100 自 2025-01-01 起\n',
    });
    expect((await adopt(...day)).out).toContain('此前已采用');
    expect((await run('rule-sets', 'list', '--region', '990101')).out).toMatch(/shili.*示例州严格规则/u);
    expect((await run('rule-sets', 'show', 'shili')).out).toMatch(/M4\.days .*10/u);
  });

  it('judge an old year by its own rules, and show what differs', async () => {
    const words = ['rule-sets', 'compare', '--project-id', PROJECT, '--rule', 'M4', '--on', '2025-07-05'];
    const compared = await json(...words, '--left', 'default@2', '--right', 'shili@1');
    expect(compared['items']).toMatchObject([{ rule: { id: 'M4' } }]);
    const { out } = await run(...words, '--left', 'default@2', '--right', 'shili@1');
    expect(out).toContain('M4');
    expect((await json(...words, '--left', 'shili@1', '--right', 'shili@1'))['items']).toEqual([]);
    expect((await run(...words, '--left', 'shili@7')).err).toContain('[ruleSet.');
  });
});

describe('findings as a workbook', () => {
  it('have a title, the day, a row each and the page set up for print', async () => {
    const file = path.join(folder, 'findings.xlsx');
    const asked = ['findings', '--region', '990100', '--on', '2026-06-30'];
    const items = (await json(...asked))['items'] as { rule: { id: string } }[];
    expect(items.length).toBeGreaterThan(0);
    expect(await run(...asked, '--xlsx', file)).toMatchObject({ code: 0, err: '' });
    const [sheet] = await readTable(readFileSync(file), file);
    const cells = [...sheet!.rows.values()].map((row) => [...row.values()].map(({ text }) => text));
    expect(cells[0]![0]).toContain('疑点');
    expect(cells.flat().join()).toContain('2026-06-30');
    for (const { rule } of items) expect(cells.some((row) => row.includes(rule.id))).toBe(true);
  });

  it('say where they cannot be written', async () => {
    const { code, err } = await run('findings', '--xlsx', path.join(folder, 'no', 'such.xlsx'));
    expect([code, err]).toEqual([1, expect.stringContaining('[cli.fileUnwritable]')]);
  });
});
