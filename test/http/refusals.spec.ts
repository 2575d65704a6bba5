import { at, type Answer, type Client } from './client.js';
import { CENTRAL, FINANCE, SELF_RAISED, Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

/** What DOMAIN.md rejects, over HTTP: 422 with the arithmetic in 元, and nothing stored. */
describe('what is refused', () => {
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer({ runProjections: false });
    client = served.client;
  });
  afterAll(() => served.close());

  const eventsOf = async ({ id }: Story): Promise<number> => {
    let count = 0;
    for await (const _ of served.platform.store.readStream(`project-${id}`)) count += 1;
    return count;
  };
  const expectRefused = async (
    story: Story,
    attempt: () => Promise<Answer>,
    code: string,
    ...words: string[]
  ): Promise<void> => {
    const before = await eventsOf(story);
    const answer = await attempt();
    expect({ status: answer.status, code: at(answer.body, 'code') }).toEqual({ status: 422, code });
    for (const word of words) expect(at(answer.body, 'detail')).toContain(word);
    expect(await eventsOf(story)).toBe(before);
  };
  const underway = async (): Promise<Story> => (await Story.begin(client)).started();

  it('an amount of zero, and below', async () => {
    const story = await underway();
    await expectRefused(
      story,
      () => story.attemptMoney('receipts', SELF_RAISED, 0),
      'amount.notPositive',
      '到位金额应大于零，而不是 0.00 元',
    );
    const negative = await story.attemptMoney('receipts', SELF_RAISED, -1);
    expect([negative.status, at(negative.body, 'errors.0.pointer')]).toEqual([400, '/amount']);
  });

  it('allocated above the plan of the source line', async () => {
    const story = await underway();
    await story.money('allocations', CENTRAL, 200);
    await expectRefused(
      story,
      () => story.attemptMoney('allocations', CENTRAL, 150),
      'funds.allocatedOverPlanned',
      '本次下达 1,500,000.00 元',
      '已下达 2,000,000.00 元',
      '合计 3,500,000.00 元',
      '超过计划 3,000,000.00 元',
      '差 500,000.00 元',
    );
  });

  it('disbursed above allocated, received above disbursed, paid above received', async () => {
    const story = await underway();
    await story.money('allocations', CENTRAL, 100);
    await expectRefused(
      story,
      () => story.attemptMoney('disbursements', CENTRAL, 101),
      'funds.disbursedOverAllocated',
      '差 10,000.00 元',
    );
    await story.money('disbursements', CENTRAL, 90);
    await expectRefused(
      story,
      () => story.attemptMoney('receipts', CENTRAL, 91),
      'funds.receivedOverDisbursed',
      '已拨付 900,000.00 元',
    );
    await story.money('receipts', CENTRAL, 80);
    await expectRefused(
      story,
      () => story.attemptMoney('payments', CENTRAL, 81),
      'funds.paidOverReceived',
      '已到位 800,000.00 元',
    );
  });

  it('tells the arithmetic to programs too, in fen and yuan', async () => {
    const story = await underway();
    const answer = await story.attemptMoney('payments', SELF_RAISED, 1);
    expect(at(answer.body, 'details')).toMatchObject({
      source: 'SelfRaised',
      amount: { fen: '1000000', yuan: '10000.00' },
      limit: { fen: '0', yuan: '0.00' },
      excess: { fen: '1000000', yuan: '10000.00' },
    });
  });

  it('recovered above what is received and not paid', async () => {
    const story = await underway();
    await story.money('receipts', SELF_RAISED, 100);
    await story.money('payments', SELF_RAISED, 70);
    await expectRefused(
      story,
      () => story.attemptMoney('recoveries', SELF_RAISED, 31),
      'funds.recoveredOverUnpaid',
      '差 10,000.00 元',
    );
  });

  it.each(['payee', 'basisDocument', 'purpose'])('a payment without %s', async (field) => {
    const story = await underway();
    await story.money('receipts', SELF_RAISED, 100);
    const before = await eventsOf(story);
    const answer = await story.attemptMoney('payments', SELF_RAISED, 1, { [field]: ' ' });
    expect([answer.status, at(answer.body, 'errors.0.pointer')]).toEqual([400, `/${field}`]);
    expect(await eventsOf(story)).toBe(before);
  });

  it('an illegal transition', async () => {
    const story = await Story.begin(client);
    await expectRefused(
      story,
      () => story.attempt('starts', '2025-03-01'),
      'lifecycle.illegalTransition',
      '入库',
      '已审批',
    );
  });

  it('commissioning before acceptance, unless acceptance was exempted', async () => {
    const story = await underway();
    const commission = () => story.attempt('commissionings', '2026-07-01', { capacity: { beds: 100 } });
    await expectRefused(story, commission, 'lifecycle.notAccepted', '免予验收');
    const papers = { authority: '示例州住建局', documentNumber: '示例免〔2026〕1号', reason: '改建面积小' };
    await story.tell('acceptance-exemptions', '2026-05-01', papers);
    expect((await commission()).status).toBe(201);
  });

  it('a government-invested start before the estimate is approved', async () => {
    const story = await (await Story.begin(client)).approved();
    await expectRefused(
      story,
      () => story.attempt('starts', '2025-03-01'),
      'lifecycle.estimateNotApproved',
      '概算',
    );
  });

  it('a fact of the future', async () => {
    const story = await Story.begin(client);
    await expectRefused(
      story,
      () => story.attempt('readiness-conditions', '2199', { condition: 'land' }),
      'date.future',
      '2199年',
    );
  });

  it('nursing beds above beds, inclusive places above places, in use above accepted', async () => {
    const story = await underway();
    const accept = (capacity: object) => () =>
      story.attempt('acceptances', '2026-05-01', { capacity, documentNumber: '示例验〔2026〕1号' });
    await expectRefused(story, accept({ beds: 10, nursingBeds: 11 }), 'capacity.nursingOverBeds', '11', '10');
    await expectRefused(
      story,
      accept({ places: 20, inclusivePlaces: 21 }),
      'capacity.inclusiveOverPlaces',
      '21',
      '20',
    );
    await story.accepted();
    const commission = () => story.attempt('commissionings', '2026-07-01', { capacity: { beds: 151 } });
    await expectRefused(story, commission, 'capacity.inUseOverAccepted', '151', '150');
  });

  it('a write into a closed year, unless it is a correction marked 以前年度', async () => {
    const story = await underway();
    await story.money('receipts', SELF_RAISED, 100);
    await story.tell('budget-year-closings', '2026-01-10', { year: 2025 }, FINANCE);
    const pay = (more: object) => story.attemptMoney('payments', SELF_RAISED, 10, more);
    await expectRefused(story, () => pay({}), 'year.closed', '2025', '以前年度');
    expect((await pay({ priorYear: true })).status).toBe(201);
  });

  it('a direct source in a stage that it does not have', async () => {
    const story = await underway();
    await expectRefused(
      story,
      () => story.attemptMoney('allocations', SELF_RAISED, 1),
      'funds.stageNotForSource',
      '自筹资金',
    );
  });

  it('a reversal of money that moved on, and a second reversal', async () => {
    const story = await underway();
    const receipt = await story.money('receipts', SELF_RAISED, 100);
    const payment = await story.money('payments', SELF_RAISED, 100);
    const reverse = (eventId: string) => () =>
      story.attempt('reversals', '2025-07-01', { eventId, reason: '录入有误' });
    await expectRefused(story, reverse(receipt), 'reversal.moneyMovedOn', '1,000,000.00 元');
    expect((await reverse(payment)()).status).toBe(201);
    await expectRefused(story, reverse(payment), 'reversal.alreadyReversed', '已冲销');
  });

  it('a second plan without a reason, and one below what was used', async () => {
    const story = await underway();
    await story.money('allocations', CENTRAL, 300);
    const plan =
      (amount: number, more: object = {}) =>
      () =>
        story.attempt('funding-plan', '2025-07-01', {
          lines: [{ ...CENTRAL, amount: wan(amount) }],
          ...more,
        });
    await expectRefused(story, plan(400), 'plan.reasonRequired', '原因');
    await expectRefused(story, plan(200, { reason: '压减' }), 'plan.belowUsed', '3,000,000.00 元');
  });

  it('anything on a withdrawn project but reversal, recovery and closing', async () => {
    const story = await underway();
    await story.tell('withdrawals', '2025-07-01', { reason: '选址调整' });
    await expectRefused(
      story,
      () => story.attempt('suspensions', '2025-08-01', { reason: '停工' }),
      'project.withdrawn',
      '终止',
    );
  });
});
