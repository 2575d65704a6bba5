import { at } from './client.js';
import { SELF_RAISED, Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

/** `?dryRun=true`: a form asks what the rules would say before anything is recorded. */
describe('a fact that is only rehearsed', () => {
  let served: TestServer;
  let story: Story;

  beforeAll(async () => {
    served = await testServer();
    story = await (await Story.begin(served.client)).started();
  });
  afterAll(() => served.close());

  const receipt = (amount: number): object => ({
    effectiveDate: '2025-06-01',
    ...story.moneyBody('receipts', SELF_RAISED, amount),
  });
  const rehearse = (amount: number) =>
    served.client.post(`/projects/${story.id}/receipts?dryRun=true`, receipt(amount));
  const revision = async (): Promise<number> => {
    const answer = await served.client.get(
      `/projects/${story.id}/events?waitFor=${story.position}&limit=500`,
    );
    return (at(answer.body, 'items') as unknown[]).length - 1;
  };

  it('says what would be recorded, and records nothing', async () => {
    const before = await revision();
    const answer = await rehearse(200);
    expect(answer).toMatchObject({
      status: 200,
      body: { projectId: story.id, revision: before, position: null, events: [{ type: 'FundsReceived' }] },
    });
    expect(await revision()).toBe(before);
    expect(await rehearse(200)).toMatchObject({ status: 200 });
  });

  it('is refused in the words of the real thing', async () => {
    const rehearsed = await rehearse(201);
    const real = await served.client.post(`/projects/${story.id}/receipts`, receipt(201));
    expect(rehearsed.status).toBe(422);
    expect(at(rehearsed.body, 'detail')).toBe(at(real.body, 'detail'));
    expect(at(rehearsed.body, 'detail')).toContain('10,000.00 元');
  });

  it('asks for the same role, the same fields and a plain true', async () => {
    const path = `/projects/${story.id}/receipts?dryRun=true`;
    const asAudit = await served.client.post(path, receipt(1), { 'x-taizhang-role': 'Audit' });
    expect(asAudit).toMatchObject({ status: 403, body: { code: 'actor.notPermitted' } });
    const noAmount = await served.client.post(path, { ...receipt(1), amount: { fen: 1 } });
    expect(noAmount).toMatchObject({ status: 400, body: { errors: [{ pointer: '/amount' }] } });
    const maybe = await served.client.post(path.replace('true', 'perhaps'), receipt(1));
    expect(maybe.status).toBe(400);
  });
});
