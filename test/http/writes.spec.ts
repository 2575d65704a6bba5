import { ACTOR, at, type Client } from './client.js';
import { expectProblem } from './expect-problem.js';
import { DETAILS, ENTRY } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const UNKNOWN_ID = '6c8f0f0e-7d50-4d4e-8f3c-0d2f4c1f9a11';

describe('writes over HTTP', () => {
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer();
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
});
