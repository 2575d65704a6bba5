import { readFileSync } from 'node:fs';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { DoubleLog } from '#libs/event-store/eventstoredb/testing/double-log.js';
import { EventStoreDbDouble } from '#libs/event-store/eventstoredb/testing/eventstoredb-double.js';
import type { Position } from '#libs/event-store/port.js';
import { readConfig } from '#libs/runtime/config.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';
import { startServer, type RunningServer } from '../../apps/server/bootstrap.js';
import { quietLog } from '../../apps/server/log.js';
import { ACTOR, at, Client, type Answer } from '../http/client.js';
import { SELF_RAISED, Story } from '../http/story.js';

const SAMPLE = readFileSync(new URL('../../samples/liangshan-major-projects.xlsx', import.meta.url));
const LIANGSHAN = { ...ACTOR, 'x-taizhang-region': '513400' };

/** The whole platform with EventStoreDB (a double on loopback) for its store, and PostgreSQL for its read models. */
describe('the platform on EventStoreDB', () => {
  const log = new DoubleLog();
  const double = new EventStoreDbDouble(log);
  let database: TestDatabase;
  let platform: Platform;
  let server: RunningServer;
  let client: Client;

  const open = async (): Promise<void> => {
    platform = await openPlatform(
      readConfig({ EVENT_STORE: double.connectionString, DATABASE_URL: database.connectionString }),
    );
    server = await startServer({ platform: PlatformModule.on(platform), port: 0, log: quietLog() });
    client = new Client(server.url);
  };
  const upload = (): Promise<Answer> => {
    const body = new FormData();
    body.append('file', new Blob([SAMPLE]), '清单.xlsx');
    return client.send('/api/v1/imports/project-lists', { method: 'POST', body, headers: LIANGSHAN });
  };
  const ledger = async (position: string): Promise<unknown[]> => {
    const ask = () => client.get(`/ledger?region=513400&groupBy=category&waitFor=${position}`);
    let answer = await ask();
    // On a slow machine read models may need longer than a request waits; 503 says to come again.
    while (answer.status === 503) answer = await ask();
    const { body } = answer;
    return ['projects', 'totalInvestment.yuan', 'amounts.planned.yuan', 'unsourced.yuan'].map((path) =>
      at(body, `total.${path}`),
    );
  };

  beforeAll(async () => {
    await double.start();
    database = await testDatabase();
    await open();
  });
  afterAll(async () => {
    await server.close();
    double.stop();
    await database.drop();
  });

  let position: string;

  it('imports the published list once and shows its golden figures', async () => {
    const answer = await upload();
    expect(answer).toMatchObject({ status: 201, body: { outcomes: { recorded: 22, held: 0 } } });
    position = at(answer.body, 'position') as string;
    expect(await ledger(position)).toEqual([22, '390450000.00', '388450000.00', '2000000.00']);
    expect(await upload()).toMatchObject({ status: 200, body: { outcomes: { recorded: 0, unchanged: 22 } } });
    const { body } = await client.get(`/capacity/yearly?region=513400&from=2023&to=2025&waitFor=${position}`);
    expect(at(body, 'total.2.counts.beds.planned')).toMatchObject({ low: 350, high: 450 });
  });

  it('lets a writer read what was written, by a projection that the newest event does not concern too', async () => {
    const story = await Story.begin(client);
    const { status, body } = await client.get(`/projects/${story.id}?waitFor=${story.position}`);
    expect([status, at(body, 'id')]).toEqual([200, story.id]);
    const names = (await platform.runner.status()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(await platform.runner.waitFor(story.position as Position, { names, timeoutMs: 60_000 })).toBe(
      true,
    );
  });

  it('stores a command once when the store goes away in the middle of it and comes back', async () => {
    const story = await (await Story.begin(client)).started();
    const receipt = { ...story.moneyBody('receipts', SELF_RAISED, 100), effectiveDate: '2025-06-01' };
    const key = { 'Idempotency-Key': 'receipt-in-a-storm' };
    const post = () => client.post(`/projects/${story.id}/receipts`, receipt, key);
    double.onAppend = (stream) => {
      if (!stream.startsWith('project-')) return undefined;
      double.onAppend = () => undefined;
      setImmediate(() => double.stop());
      return 'answerLost';
    };
    const before = await post();
    expect(before.status).toBe(504);
    expect((await post()).status).toBe(503);
    expect((await client.send('/health/ready', { method: 'GET' })).status).toBe(503);

    await double.start();
    // The client may still be finding its way back; 503 says that nothing was stored and asks to come again.
    let after = await post();
    while (after.status === 503) after = await post();
    expect([200, 201]).toContain(after.status);
    const stored = log.stream(`project-${story.id}`).map((record) => record.type);
    expect(stored.filter((type) => type === 'FundsReceived')).toHaveLength(1);
    const { body } = await client.get(
      `/ledger?region=990100&groupBy=project&waitFor=${at(after.body, 'position') as string}`,
    );
    const row = (at(body, 'rows') as { project?: { id?: string } }[]).find(
      ({ project }) => project?.id === story.id,
    );
    expect(row).toMatchObject({ amounts: { received: { yuan: '1000000.00' } } });
  });

  it('loses nothing and counts nothing twice when it starts again', async () => {
    await server.close();
    await open();
    expect(await ledger(position)).toEqual([22, '390450000.00', '388450000.00', '2000000.00']);
  });
});
