import pg from 'pg';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { ACTOR_ENV, runCaptured } from './run-captured.js';

it('counts every read model against the store, and says which one was not given an event', async () => {
  const database = await testDatabase();
  const env = { ...ACTOR_ENV, DATABASE_URL: database.connectionString };
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    expect((await runCaptured(['import', 'samples/liangshan-major-projects.csv'], env)).code).toBe(0);
    const whole = await runCaptured(['audit', '--json'], env);
    expect(whole).toMatchObject({ code: 0, err: '' });
    const { items } = JSON.parse(whole.out) as { items: { projection: string; missing: number }[] };
    expect(items.map(({ missing }) => missing)).toEqual(items.map(() => 0));
    expect(items.map(({ projection }) => projection)).toContain('investment-ledger');

    await client.query(
      `update runtime.projection_checkpoint set delivered = delivered - 2 where projection = 'investment-ledger'`,
    );
    const holed = await runCaptured(['audit', '--csv'], env);
    expect(holed.code).toBe(4);
    const row = holed.out.split('\n').find((line) => line.startsWith('investment-ledger'));
    expect(row?.split(',').at(-1)?.trim()).toBe('2');
  } finally {
    await client.end();
    await database.drop();
  }
});
