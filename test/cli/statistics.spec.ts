import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';

const UNIT = '示例州民政局';
const WHERE = ['--region', '990100', '--period', '2024'];

let database: TestDatabase;
let folder: string;
const runAs = (user: string, ...words: string[]): Promise<Captured> =>
  runCaptured(words, {
    ...ACTOR_ENV,
    TAIZHANG_ACTOR_USER: user,
    TAIZHANG_ACTOR_UNIT: UNIT,
    TAIZHANG_ACTOR_REGION: '990100',
    DATABASE_URL: database.connectionString,
  });

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'taizhang-statistics-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

it('statistics are laid out, filled in, submitted, checked by another person and shown beside the ledger', async () => {
  const laid = await runAs('甲', 'statistics', 'open', ...WHERE, '--duty', `${UNIT}=places,residents`);
  expect(laid).toMatchObject({ code: 0, out: '已记录\n' });
  const missing = await runAs('甲', 'statistics', 'list', '--only', 'missing', '--csv');
  expect(missing.out).toContain(UNIT);
  const template = await runAs('甲', 'statistics', 'template', 'places', 'residents');
  const file = path.join(folder, '统计表.csv');
  const filled = template.out.replace('托位,,个,,', '托位,300,个,托育台账,').replace('人,,', '人,年鉴,');
  writeFileSync(file, filled.replace('常住人口,,', '常住人口,100000,'));
  expect(await runAs('甲', 'statistics', 'submit', file, ...WHERE)).toMatchObject({ code: 0 });
  const own = await runAs('甲', 'statistics', 'check', UNIT, ...WHERE);
  expect(own).toMatchObject({ code: 1, out: '' });
  expect(own.err).toContain('[statistics.samePerson]');
  expect(await runAs('乙', 'statistics', 'check', UNIT, ...WHERE)).toMatchObject({ code: 0 });
  const shown = await runAs('甲', 'statistics', 'show', ...WHERE);
  expect(shown.out).toMatch(/托位 +300 +个/u);
  expect(shown.out).toMatch(/托位 +全部 +300 +0 +— +300/u);
});

it('what is checked is what indicators read and rule C3 doubts', async () => {
  const words = ['indicators', '--region', '990100', '--year', '2024', '--indicator', 'placesPerThousand'];
  const { out } = await runAs('甲', ...words);
  expect(out).toMatch(/3\.000 +个 +300 +2024-12-31 +100000/u);
  const found = await runAs('甲', 'findings', '--rule', 'C3', '--json');
  const { items } = JSON.parse(found.out) as { items: { id: string; items: { sentence: string }[] }[] };
  expect(items.map(({ id }) => id)).toEqual(['C3-990100-2024']);
  expect(items[0]!.items[0]!.sentence).toContain('统计 300个 − 设施合计 0个');
});

it('a wrong period or figure is a wrong use, told in Chinese', async () => {
  const bad = await runAs(
    '甲',
    'statistics',
    'open',
    '--region',
    '990100',
    '--period',
    '2024-13',
    '--duty',
    'x',
  );
  expect(bad.code).toBe(2);
  expect(bad.err).toContain('应如 2025、2025-H1、2025-Q3 或 2025-06');
});
