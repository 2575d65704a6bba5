import { connect } from 'node:net';
import { JsonLog } from '../../apps/server/log.js';
import { ACTOR, at, Client, type Answer } from './client.js';
import { testServer, type TestServer } from './test-server.js';

const DETAILS = {
  name: '示例1县社会福利院建设项目',
  category: 'ElderlyCare',
  regions: ['990101'],
  place: '示例1县',
  implementingUnits: ['示例1县民政局'],
  totalInvestment: { yuan: '20000000.00' },
  plannedCapacity: { beds: { low: 150, high: 150 } },
};
const ENTRY = { effectiveDate: '2024-01-10', details: DETAILS };
const UNKNOWN_ID = '6c8f0f0e-7d50-4d4e-8f3c-0d2f4c1f9a11';

/** What every error must be, whatever went wrong. */
function expectProblem({ status, headers, body }: Answer, expected: number, code: string): void {
  expect({ status, code: at(body, 'code') }).toEqual({ status: expected, code });
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({
    type: `urn:taizhang:problem:${code}`,
    status: expected,
    title: expect.stringMatching(/\p{Script=Han}/u) as unknown,
    detail: expect.stringMatching(/\p{Script=Han}/u) as unknown,
  });
}

describe('the edge of the server', () => {
  const lines: string[] = [];
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer({ log: new JsonLog((line) => lines.push(line)) });
    client = served.client;
  });
  afterAll(() => served.close());

  const entered = async (): Promise<string> => {
    const answer = await client.post('/projects', ENTRY);
    expect(answer.status).toBe(201);
    return at(answer.body, 'projectId') as string;
  };

  describe('a write', () => {
    it('answers with the project, its revision, its events and its position', async () => {
      const answer = await client.post('/projects', ENTRY);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ revision: 0, events: [{ type: 'ProjectEnteredPool' }] });
      expect(answer.headers.get('taizhang-position')).toBe(at(answer.body, 'position'));
      expect(answer.headers.get('location')).toBe(
        `/api/v1/projects/${at(answer.body, 'projectId') as string}`,
      );
    });

    it('keeps the amount exactly, in fen', async () => {
      const id = await entered();
      const details = { ...DETAILS, totalInvestment: { yuan: '90071992547409.93' } };
      await client.post(`/projects/${id}/revisions`, { effectiveDate: '2024-02', details });
      const events = [];
      for await (const event of served.platform.store.readStream(`project-${id}`)) events.push(event);
      expect(events.at(-1)?.data).toMatchObject({ after: { totalInvestmentFen: '9007199254740993' } });
    });

    it('is 200 and says so where it changed nothing', async () => {
      const id = await entered();
      const answer = await client.post(`/projects/${id}/revisions`, {
        effectiveDate: '2024-02',
        details: DETAILS,
      });
      expect(answer).toMatchObject({ status: 200, body: { revision: 0, position: null, events: [] } });
    });

    it('is not found on a project that never entered the pool', async () => {
      const answer = await client.post(`/projects/${UNKNOWN_ID}/starts`, { effectiveDate: '2024' });
      expectProblem(answer, 404, 'project.unknown');
    });
  });

  describe('Idempotency-Key', () => {
    it.each(['0e7b0c52-54f0-4f4c-9a08-4b0c6f3f1f6e', 'list-7/row-3'])(
      '%s: the same answer, stored once',
      async (key) => {
        const first = await client.post('/projects', ENTRY, { 'idempotency-key': key });
        const again = await client.post('/projects', ENTRY, { 'idempotency-key': key });
        expect(first.headers.get('idempotent-replay')).toBeNull();
        expect(again.headers.get('idempotent-replay')).toBe('true');
        expect([again.status, again.body]).toEqual([first.status, first.body]);
      },
    );

    it('is refused for other content', async () => {
      const headers = { 'idempotency-key': 'once' };
      await client.post('/projects', ENTRY, headers);
      const other = await client.post('/projects', { ...ENTRY, effectiveDate: '2024-01-11' }, headers);
      expectProblem(other, 422, 'command.reused');
    });

    it('of two users are two keys', async () => {
      const headers = { 'idempotency-key': 'one' };
      const mine = await client.post('/projects', ENTRY, headers);
      const theirs = await client.post('/projects', ENTRY, { ...headers, 'x-taizhang-user': 'other' });
      expect(at(theirs.body, 'projectId')).not.toBe(at(mine.body, 'projectId'));
    });

    it.each(['', 'x'.repeat(201), 'two words'])('“%s” is no key', async (key) => {
      expectProblem(
        await client.post('/projects', ENTRY, { 'idempotency-key': key }),
        400,
        'request.idempotencyKey',
      );
    });
  });

  describe('two writers on one project', () => {
    const code = { effectiveDate: '2024-02', code: '2402-990101-89-01-123456' };

    it('one is told 412 by If-Match', async () => {
      const id = await entered();
      const answers = await Promise.all(
        ['用地', '选址'].map((note, n) =>
          client.post(
            `/projects/${id}/readiness-conditions`,
            { effectiveDate: '2024-02', condition: n === 0 ? 'land' : 'siting', note },
            { 'if-match': '"0"' },
          ),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412]);
      const told = answers.find(({ status }) => status === 412)!;
      expectProblem(told, 412, 'request.preconditionFailed');
      expect(at(told.body, 'details')).toEqual({ expected: 0, actual: 1 });
    });

    it('one is told 409 by expectedRevision', async () => {
      const id = await entered();
      await client.post(`/projects/${id}/codes`, code);
      const late = await client.post(`/projects/${id}/listings`, {
        effectiveDate: '2024-02',
        year: 2024,
        listTitle: '清单',
        expectedRevision: 0,
      });
      expectProblem(late, 409, 'store.revisionConflict');
    });

    it('both are recorded where neither names a revision', async () => {
      const id = await entered();
      const conditions = ['land', 'siting', 'approval', 'funds'];
      const answers = await Promise.all(
        conditions.map((condition) =>
          client.post(`/projects/${id}/readiness-conditions`, { effectiveDate: '2024-02', condition }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(answers.map(({ body }) => at(body, 'revision')).toSorted()).toEqual([1, 2, 3, 4]);
    });

    it('an If-Match that is no revision is refused', async () => {
      const id = await entered();
      expectProblem(
        await client.post(`/projects/${id}/codes`, code, { 'if-match': '*' }),
        400,
        'request.ifMatch',
      );
    });
  });

  describe('the actor', () => {
    it.each(Object.keys(ACTOR))('is missing without %s', async (header) => {
      const answer = await client.post('/projects', ENTRY, { [header]: undefined });
      expectProblem(answer, 401, 'actor.missing');
      expect(at(answer.body, 'details.missing')).toEqual([header]);
    });

    it.each([
      ['x-taizhang-region', '123', 'actor.invalid', 400],
      ['x-taizhang-unit', '%E7%A4', 'actor.invalid', 400],
      ['x-taizhang-user', 'x'.repeat(101), 'actor.invalid', 400],
      ['x-taizhang-role', 'Emperor', 'actor.unknownRole', 400],
      ['x-taizhang-role', 'Audit', 'actor.notPermitted', 403],
      ['x-taizhang-region', '513400', 'actor.outsideRegion', 403],
    ])('%s: %s is %s', async (header, value, code, status) => {
      expectProblem(await client.post('/projects', ENTRY, { [header]: value }), status, code);
    });

    it('may be written in plain UTF-8', async () => {
      const unit = Buffer.from('示例州发展改革委').toString('latin1');
      const answer = await client.post('/projects', ENTRY, { 'x-taizhang-unit': unit });
      const id = at(answer.body, 'projectId') as string;
      for await (const { metadata } of served.platform.store.readStream(`project-${id}`)) {
        expect(metadata).toMatchObject({ actor: { unit: '示例州发展改革委', region: '990100' } });
      }
    });
  });

  describe('bad input', () => {
    const raw = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
      client.send('/api/v1/projects', { method: 'POST', body, headers: { ...ACTOR, 'content-type': type } });

    it.each(['{', '', '{"a":1}}', '{"__proto__":{"x":1}}', '\u0000'])('malformed JSON: %j', async (text) => {
      expectProblem(await raw(text), 400, 'request.malformedJson');
    });

    it.each(['null', '[]', '"text"', '12', 'true'])('JSON that is no object: %s', async (text) => {
      expectProblem(await raw(text), 400, 'request.invalid');
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
      'media type %s',
      async (type) => {
        expectProblem(await raw('a=1', type), 415, 'request.mediaType');
      },
    );

    it('a body above 1 MB', async () => {
      expectProblem(await raw(JSON.stringify({ text: 'x'.repeat(1024 * 1024) })), 413, 'request.tooLarge');
    });

    it('names every wrong field with its place, unknown ones too', async () => {
      const answer = await client.post('/projects', {
        effectiveDate: '2024-02-30',
        surprise: 1,
        details: {
          ...DETAILS,
          name: ' ',
          category: 'Hospital',
          regions: ['99'],
          place: 5,
          plannedCapacity: { beds: { low: '1', high: 2.5, middle: 2 } },
          scope: null,
        },
      });
      expectProblem(answer, 400, 'request.invalid');
      const errors = at(answer.body, 'errors') as { pointer: string; message: string }[];
      expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
        '/details/category',
        '/details/name',
        '/details/place',
        '/details/plannedCapacity/beds/high',
        '/details/plannedCapacity/beds/low',
        '/details/plannedCapacity/beds/middle',
        '/details/regions',
        '/details/scope',
        '/effectiveDate',
        '/surprise',
      ]);
      for (const { message } of errors) expect(message).toMatch(/\p{Script=Han}/u);
    });

    it.each([
      [20000000, /JSON 数字/u],
      ['20000000', /应为对象/u],
      [{ yuan: 12.34 }, /JSON 数字/u],
      [{ yuan: '1', fen: '100' }, /恰有/u],
      [{}, /恰有/u],
      [{ wan: '1' }, /恰有/u],
      [{ yuan: '12.345' }, /两位小数/u],
      [{ yuan: '1,000' }, /分隔符/u],
      [{ yuan: '-1' }, /符号/u],
      [{ fen: '1.5' }, /整数分/u],
      [{ fen: '1000000000000000001' }, /上限/u],
      [[{ fen: '1' }], /应为对象/u],
    ])('the amount %j is refused with the reason', async (totalInvestment, reason) => {
      const answer = await client.post('/projects', { ...ENTRY, details: { ...DETAILS, totalInvestment } });
      expectProblem(answer, 400, 'request.invalid');
      expect(at(answer.body, 'errors.0.pointer')).toBe('/details/totalInvestment');
      expect(at(answer.body, 'errors.0.message')).toMatch(reason);
    });

    it('a project id that is none', async () => {
      expectProblem(
        await client.post('/projects/7/starts', { effectiveDate: '2024' }),
        400,
        'request.invalid',
      );
    });

    it.each([
      '/projects?regoin=990100',
      '/projects?limit=0',
      '/projects?limit=ten',
      '/projects?region=123456',
    ])('the query %s', async (path) => {
      expectProblem(await client.get(path), 400, 'request.invalid');
    });

    it.each([
      ['GET', '/api/v1/nothing'],
      ['GET', '/no-such-page'],
      ['GET', '/api/v1/no-such-route'],
      ['DELETE', '/api/v1/projects'],
      ['GET', '/docs/../package.json'],
      ['GET', '/docs/package.json'],
    ])('no route: %s %s', async (method, path) => {
      expectProblem(await client.send(path, { method }), 404, 'route.notFound');
    });

    it('a path that cannot be decoded', async () => {
      expectProblem(await client.get('/projects/%E7%A4'), 400, 'request.malformed');
    });

    it('no HTTP at all', async () => {
      const { hostname, port } = new URL(client.url);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'));
        const parts: Buffer[] = [];
        socket.on('data', (part: Buffer) => parts.push(part));
        socket.on('end', () => resolve(Buffer.concat(parts).toString()));
        socket.on('error', reject);
      });
      expect(answer).toMatch(/^HTTP\/1.1 400 /u);
      expect(answer).toContain('"code":"request.malformed"');
    });
  });

  describe('the browser of somebody else', () => {
    const own = () => new URL(client.url).host;
    // fetch does not let a Host header through, so these go by the socket's own means.
    const withHost = async (host: string): Promise<number> => {
      const { request } = await import('node:http');
      return new Promise((resolve, reject) => {
        const sent = request(`${client.url}/openapi.json`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end();
      });
    };

    it('does not reach the server under a rebound name', async () => {
      expect(await withHost('evil.example')).toBe(403);
      expect(await withHost(own())).toBe(200);
    });

    it.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
      'does not write: %j',
      async (headers) => {
        expectProblem(await client.post('/projects', ENTRY, headers), 403, 'request.foreignOrigin');
      },
    );

    it('writes from a page of the server itself', async () => {
      expect((await client.post('/projects', ENTRY, { origin: client.url })).status).toBe(201);
    });
  });

  it('says nothing of its inside when something unforeseen happens, and logs it under an id', async () => {
    await served.platform.database.query('alter schema read rename to hidden');
    const answer = await client
      .get('/projects')
      .finally(() => served.platform.database.query('alter schema hidden rename to read'));
    expectProblem(answer, 500, 'server.unexpected');
    const errorId = at(answer.body, 'details.errorId') as string;
    expect(Object.keys(at(answer.body, 'details') ?? {})).toEqual(['errorId']);
    expect(lines.filter((line) => line.includes(errorId))).toHaveLength(1);
  });

  it('logs a line a request, with the user id and nothing else of the person', async () => {
    await client.post('/projects', ENTRY, { 'x-taizhang-user': 'u-17' });
    const line = lines.find((text) => text.includes('u-17'))!;
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      method: 'POST',
      route: '/api/v1/projects',
      status: 201,
    });
    expect(line).not.toContain('示例');
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/openapi.json', '/docs', '/nothing']) {
      const { headers } = await client.send(path, {});
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
