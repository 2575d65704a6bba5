import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { newId } from '#libs/kernel/ids.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { ACTOR_ENV, runCaptured, type Captured } from './run-captured.js';

/** The store has an event that no projection can read: the ledger halts there, others only set that project aside. */
describe('while the ledger has halted', () => {
  let database: TestDatabase;
  const run = (...words: string[]): Promise<Captured> =>
    runCaptured(words, { ...ACTOR_ENV, DATABASE_URL: database.connectionString });

  beforeAll(async () => {
    database = await testDatabase();
    expect((await run('import', 'samples/liangshan-major-projects.csv')).code).toBe(0);
    const platform = await openPlatform({
      ...readConfig({ DATABASE_URL: database.connectionString }),
      runProjections: false,
    });
    const unreadable = { id: newId(), type: 'WhatNobodyKnows', data: {}, metadata: {} };
    const command = { id: newId(), digest: 'unreadable' };
    await platform.store.append([
      { stream: `project-${newId()}`, expected: 'none', events: [unreadable], command },
    ]);
    await platform.close();
  });
  afterAll(() => database.drop());

  it.each(['ledger', 'journal', 'balances', 'ageing', 'reallocations'])(
    '%s is refused, and told which read model it lacks',
    async (command) => {
      const { code, out, err } = await run(command);
      expect({ code, out }).toEqual({ code: 69, out: '' });
      expect(err).toMatch(/数字不完整（investment-ledger：[^；]+） \[projection\.behind\]/u);
    },
  );

  it.each([
    ['projects', /项目.22 个/u],
    ['findings', /M8/u],
    ['imports', /liangshan-major-projects\.csv/u],
    ['yearly-counts', /2025/u],
    ['plan-documents', /投资计划/u],
    ['plans', /方案.0 份/u],
  ])('%s answers', async (command, told) => {
    const { code, out, err } = await run(command);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(told);
  });
});
