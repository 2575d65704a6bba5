import { randomUUID } from 'node:crypto';
import { makePosition } from '#libs/event-store/port.js';
import { at, type Client } from './client.js';
import { expectFits } from './fits.js';
import { ENTRY, Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

describe('operations', () => {
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
  });
  afterAll(() => served.close());

  it('is live and ready', async () => {
    expect(await client.send('/health/live', {})).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await client.send('/health/ready', {})).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('counts commands by outcome and shows where the projections stand', async () => {
    const story = await Story.begin(client);
    await client.get(`/projects?waitFor=${story.position}`);
    await story.attempt('starts', '2025');
    const { body, headers } = await client.send('/metrics', {});
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toContain('taizhang_commands_total{command="EnterPool",outcome="recorded"} 1');
    expect(body).toContain('outcome="lifecycle.illegalTransition"} 1');
    expect(body).toMatch(/taizhang_projection_state\{projection="investment-ledger",state="running"\} 1/u);
    expect(body).toMatch(
      /taizhang_http_request_seconds_count\{method="POST",route="\/api\/v1\/projects",status="201"\} 1/u,
    );
    expect(body).toContain('nodejs_version_info');
  });

  it('tells the status of each projection', async () => {
    const { body } = await client.get('/projections');
    expectFits('ProjectionStatuses', body);
    expect((at(body, 'items') as { name: string }[]).map(({ name }) => name)).toContain('yearly-counts');
  });

  describe('waitFor', () => {
    let idle: TestServer;
    beforeAll(async () => {
      idle = await testServer({ runProjections: false });
    });
    afterAll(() => idle.close());

    it('lets a writer read its own write, every time', async () => {
      for (let n = 0; n < 10; n += 1) {
        const story = await Story.begin(client);
        expect(await client.get(`/projects/${story.id}?waitFor=${story.position}`)).toMatchObject({
          status: 200,
        });
      }
    });

    it.each([
      ['7', 'position.malformed'],
      ['x:1', 'position.malformed'],
      ['', 'request.invalid'],
    ])('refuses “%s”, which is no position', async (position, code) => {
      const answer = await client.get(`/projects?waitFor=${position}`);
      expect([answer.status, at(answer.body, 'code')]).toEqual([400, code]);
    });

    it('refuses a position of another store', async () => {
      const foreign = makePosition(randomUUID(), '0'.repeat(16));
      const answer = await client.get(`/projects?waitFor=${foreign}`);
      expect([answer.status, at(answer.body, 'code')]).toEqual([400, 'store.foreignPosition']);
    });

    it('says when to come again where nobody runs the projections', async () => {
      const story = await Story.begin(idle.client);
      const answer = await idle.client.get(`/ledger?waitFor=${story.position}`);
      expect([answer.status, at(answer.body, 'code')]).toEqual([503, 'projection.behind']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  describe('while the database is out of reach', () => {
    let cut: TestServer;

    beforeAll(async () => {
      cut = await testServer({ cuttable: true });
      await Story.begin(cut.client);
      cut.wire!.cut();
    });
    afterAll(() => cut.close());

    it('a write is told that nothing, or nobody knows what, was stored', async () => {
      const write = await cut.client.post('/projects', ENTRY, { 'idempotency-key': 'while-gone' });
      expect([503, 504]).toContain(write.status);
      expect(write.headers.get('content-type')).toContain('application/problem+json');
      expect(Number(write.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('a read is told to come again', async () => {
      const read = await cut.client.get('/projects');
      expect([read.status, at(read.body, 'code')]).toEqual([503, 'database.unavailable']);
    });

    it('the server is alive, and not ready for a reason', async () => {
      const ready = await cut.client.send('/health/ready', {});
      expect([ready.status, at(ready.body, 'code')]).toEqual([503, 'server.notReady']);
      expect(at(ready.body, 'details.database')).toMatch(/数据库/u);
      expect((await cut.client.send('/health/live', {})).status).toBe(200);
      expect((await cut.client.send('/metrics', {})).status).toBe(200);
    });

    it('and all goes on when it is back', async () => {
      await cut.wire!.mend();
      const again = await cut.client.post('/projects', ENTRY, { 'idempotency-key': 'while-gone' });
      expect(again.status).toBe(201);
      const found = await cut.client.get(`/projects?waitFor=${at(again.body, 'position') as string}`);
      expect(at(found.body, 'items.length')).toBe(2);
    });
  });
});
