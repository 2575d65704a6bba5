import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { JsonLog } from '../../apps/server/log.js';
import { ACTOR, at, type Client } from './client.js';
import { expectProblem } from './expect-problem.js';
import { DETAILS, ENTRY } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const FILE_PART = 'Content-Disposition: form-data; name="file"; filename="a.csv"';

describe('the edge of the server', () => {
  const lines: string[] = [];
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer({ log: new JsonLog((line) => lines.push(line)) });
    client = served.client;
  });
  afterAll(() => served.close());

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

    it.each(['application/json', 'multipart/form-data; boundary=x'])(
      'a compressed body of type %s, and told what is accepted',
      async (type) => {
        const headers = { ...ACTOR, 'content-type': type, 'content-encoding': 'gzip' };
        const body = new Uint8Array(gzipSync(JSON.stringify(ENTRY)));
        const answer = await client.send('/api/v1/projects', { method: 'POST', body, headers });
        expectProblem(answer, 415, 'request.contentEncoding');
        expect(at(answer.body, 'detail')).toContain('Content-Encoding: gzip');
        expect(answer.headers.get('accept-encoding')).toBe('identity');
      },
    );

    it.each([
      ['cut short', 'multipart/form-data; boundary=x', '--x\r\n'],
      ['cut short in the file', 'multipart/form-data; boundary=x', `--x\r\n${FILE_PART}\r\n\r\n序号,项目`],
      ['without a boundary', 'multipart/form-data', '--x--\r\n'],
      ['with too long a boundary', `multipart/form-data; boundary=${'x'.repeat(300)}`, '--x--\r\n'],
    ])('an upload %s', async (_, type, body) => {
      const headers = { ...ACTOR, 'content-type': type };
      const answer = await client.send('/api/v1/imports/project-lists', { method: 'POST', body, headers });
      expectProblem(answer, 400, 'request.malformed');
    });

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
      ['/details/place', { ...ENTRY, details: { ...DETAILS, place: 'a\u0000b' } }],
      ['/details/implementingUnits/0', { ...ENTRY, details: { ...DETAILS, implementingUnits: ['\ud800'] } }],
      ['/evidence/0/documentNumber', { ...ENTRY, evidence: [{ documentNumber: '\u001b[2J' }] }],
      ['/surprise', { ...ENTRY, surprise: '\uffff' }],
    ])('text that no document can hold, at %s', async (pointer, body) => {
      const answer = await client.post('/projects', body);
      expectProblem(answer, 400, 'request.invalid');
      expect(at(answer.body, 'errors')).toMatchObject([{ pointer }]);
    });

    it('a body nested without end', async () => {
      const nested = `{"details":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
      expectProblem(await raw(nested), 400, 'request.invalid');
    });

    const forged = Buffer.from(JSON.stringify(['projects', '\u0000'])).toString('base64url');
    it.each([
      ['/projects?q=%00', 'request.invalid'],
      ['/journal?documentNumber=%00', 'request.invalid'],
      [`/projects?cursor=${forged}`, 'paging.badCursor'],
    ])('a query that no database takes: %s', async (path, code) => {
      expectProblem(await client.get(path), 400, code);
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
