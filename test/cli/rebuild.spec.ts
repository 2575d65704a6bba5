import { testDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured } from './run-captured.js';

const LIST = 'samples/liangshan-major-projects.xlsx';

it('rebuilds a read model from another store, which the running projections refuse', async () => {
  const [models, store] = [await testDatabase(), await testDatabase()];
  try {
    const own = { ...ACTOR_ENV, DATABASE_URL: models.connectionString };
    expect(await runCaptured(['import', LIST], own)).toMatchObject({ code: 0 });

    const changed = { ...own, EVENT_STORE: store.connectionString };
    const refused = await runCaptured(['ledger'], changed);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/^错误：.*另一个事件库.*rebuild.*\[projection\.foreignCheckpoint\]\n$/u);

    const rebuilt = await runCaptured(['rebuild', 'investment-ledger', '--json'], changed);
    expect(rebuilt).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(rebuilt.out)).toMatchObject({
      projection: 'investment-ledger',
      before: null,
      events: 0,
    });
  } finally {
    await models.drop();
    await store.drop();
  }
});
