import { idFor } from '#libs/kernel/ids.js';
import { at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, DETAILS, SELF_RAISED, Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const NUMBER = '示例发改投资〔2025〕8号';
const yuan = (value: JsonValue, path: string) => at(value, `${path}.yuan`);
const paper = { documentNumber: NUMBER, authority: '示例州发展改革委' };

/**
 * A plan document over 500 万元 for two projects of 示例州: 260 for the first, which is allotted in two lots, disbursed,
 * received and partly paid; a rest of 240, of which the second takes 50.
 */
describe('money from plan document to payment and back', () => {
  let served: TestServer;
  let client: Client;
  let first: Story;
  let second: Story;
  let documentId: string;
  const events: Record<string, string> = {};

  const get = async (path: string): Promise<JsonValue> => {
    const position = second.position > first.position ? second.position : first.position;
    const { status, body } = await client.get(`${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const issue = (more: object = {}, key = 'issue'): Promise<Answer> => {
    const lines = [{ projectId: first.id, amount: wan(260) }];
    const body = {
      effectiveDate: '2025-05-20',
      ...paper,
      region: '990100',
      ...CENTRAL,
      total: wan(500),
      lines,
    };
    return client.post('/plan-documents', { ...body, ...more }, { 'idempotency-key': key });
  };
  const move = async (
    name: string,
    story: Story,
    resource: string,
    on: string,
    amount: number,
    more: object,
  ) => {
    events[name] = await story.tell(resource, on, { ...CENTRAL, amount: wan(amount), ...more });
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    first = await (await Story.begin(client)).started();
    const details = { ...DETAILS, name: '示例2县养老服务中心', regions: ['990102'] };
    second = await (await Story.begin(client, { effectiveDate: '2024-01-10', details })).started();
  });
  afterAll(() => served.close());

  it('begins with the document, recorded once', async () => {
    const answer = await issue();
    expect(answer).toMatchObject({ status: 201, body: { revision: 0 } });
    expectFits('IssuedPlanDocument', answer.body);
    documentId = at(answer.body, 'id') as string;
    expect(answer.headers.get('location')).toBe(`/api/v1/trace/plan-documents/${documentId}`);
    const again = await issue();
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect(await issue({}, 'another-key')).toMatchObject({
      status: 422,
      body: { code: 'fundPlan.alreadyIssued' },
    });
  });

  it.each([
    [{ lines: [{ projectId: idFor('nobody'), amount: wan(1) }] }, 422, 'fundPlan.unknownProject'],
    [{ total: wan(259) }, 422, 'fundPlan.linesOverTotal'],
    [{ source: 'SelfRaised' }, 422, 'fundPlan.directSource'],
    [{ region: '980000' }, 403, 'actor.outsideRegion'],
    [{ total: 5 }, 400, 'request.invalid'],
    [{ lines: [{ projectId: 'x', amount: wan(1) }] }, 400, 'request.invalid'],
    [{ surprise: true }, 400, 'request.invalid'],
  ])('refuses %j', async (more, status, code) => {
    const answer = await issue({ documentNumber: '示例发改投资〔2025〕9号', ...more }, 'refused');
    expect(answer).toMatchObject({ status, body: { code } });
    expectFits('Problem', answer.body);
  });

  it('holds allocations to what is left of it, with the sum in 元', async () => {
    await move('a1', first, 'allocations', '2025-05-25', 100, paper);
    const over = await first.attempt('allocations', '2025-06-01', { ...CENTRAL, ...paper, amount: wan(161) });
    expect(over).toMatchObject({
      status: 422,
      body: {
        code: 'fundPlan.drawnOverLine',
        details: {
          already: { yuan: '1000000.00' },
          limit: { yuan: '2600000.00' },
          excess: { yuan: '10000.00' },
        },
      },
    });
    expect(at(over.body, 'detail')).toContain('合计 2,610,000.00 元，超过该项目的额度 2,600,000.00 元');
    await move('a2', first, 'allocations', '2025-06-10', 150, paper);
    await move('a3', second, 'allocations', '2025-06-11', 50, {
      ...paper,
      documentNumber: NUMBER.replace('〔', '['),
    });
    const other = { ...paper, documentNumber: '示例财建〔2025〕77号' };
    await move('a4', second, 'allocations', '2025-06-12', 30, other);
  });

  it('shows the documents with their remainders', async () => {
    const page = await get('/plan-documents?region=990100&year=2025&source=CentralBudgetInvestment');
    expectFits('PlanDocumentPage', page);
    expect(at(page, 'items.0')).toMatchObject({
      id: documentId,
      documentNumber: NUMBER,
      total: { yuan: '5000000.00' },
      inLines: { yuan: '2600000.00' },
      drawn: { yuan: '3000000.00' },
      remainder: { yuan: '2000000.00' },
      projects: 2,
    });
    expect(at(await get('/plan-documents?asEffectiveOn=2025-05-31'), 'items.0.drawn.yuan')).toBe(
      '1000000.00',
    );
    expect(at(await get('/plan-documents?asEffectiveOn=2025-05-19'), 'items')).toEqual([]);
    expect(at(await get('/plan-documents?year=2024'), 'items')).toEqual([]);
  });

  it('takes a payment back to receipt, disbursement, allocation and document, lot by lot', async () => {
    await move('d1', first, 'disbursements', '2025-06-20', 180, { documentNumber: '示例拨〔2025〕1号' });
    await move('r1', first, 'receipts', '2025-06-21', 120, { documentNumber: '进账单1' });
    const contract = { payee: '示例建设公司', basisDocument: '施工合同第1期', purpose: '主体工程进度款' };
    await move('p1', first, 'payments', '2025-07-01', 110, contract);
    const trace = await get(`/trace/payments/${events['p1']}`);
    expectFits('PaymentTrace', trace);
    expect(trace).toMatchObject({
      project: { id: first.id, name: DETAILS.name },
      source: { label: '中央预算内投资' },
      payment: {
        payee: '示例建设公司',
        documentNumber: '施工合同第1期',
        eventAmount: { yuan: '1100000.00' },
      },
      reversedBy: null,
    });
    const lots = at(trace, 'lots') as JsonValue[];
    expect(lots.map((lot) => yuan(lot, 'amount'))).toEqual(['1000000.00', '100000.00']);
    const ids = (lot: JsonValue) => (at(lot, 'steps') as JsonValue[]).map((step) => at(step, 'eventId'));
    const { p1, r1, d1, a1, a2 } = events;
    expect(lots.map(ids)).toEqual([
      [p1, r1, d1, a1],
      [p1, r1, d1, a2],
    ]);
    for (const lot of lots) {
      expect(lot).toMatchObject({ traced: true, planDocument: { id: documentId, documentNumber: NUMBER } });
    }
  });

  it('shows where the document’s money is now, by stage, project and lot', async () => {
    const trace = await get(`/trace/plan-documents/${documentId}`);
    expectFits('PlanDocumentTrace', trace);
    const now = (value: JsonValue, path = 'now') =>
      Object.values(at(value, path) as Record<string, JsonValue>).map((money) => at(money, 'yuan'));
    // allocated, disbursed, received, paid, recovered, returned, on the way to another project
    expect(now(trace)).toEqual([
      '1200000.00',
      '600000.00',
      '100000.00',
      '1100000.00',
      '0.00',
      '0.00',
      '0.00',
    ]);
    const projects = at(trace, 'projects') as JsonValue[];
    expect(projects).toMatchObject([
      {
        project: { id: first.id },
        line: { yuan: '2600000.00' },
        drawn: { yuan: '2500000.00' },
        remainder: { yuan: '100000.00' },
      },
      { project: { id: second.id }, line: null, drawn: { yuan: '500000.00' }, remainder: null },
    ]);
    expect(now(projects[0]!)).toEqual([
      '700000.00',
      '600000.00',
      '100000.00',
      '1100000.00',
      '0.00',
      '0.00',
      '0.00',
    ]);
    const lots = at(trace, 'lots') as JsonValue[];
    expect(lots.map((lot) => [at(lot, 'stage.label'), yuan(lot, 'amount')])).toEqual([
      ['支付', '1000000.00'],
      ['支付', '100000.00'],
      ['到位', '100000.00'],
      ['拨付', '600000.00'],
      ['下达', '700000.00'],
      ['下达', '500000.00'],
    ]);
    const before = await get(`/trace/plan-documents/${documentId}?asEffectiveOn=2025-06-15`);
    expect(now(before)).toEqual(['3000000.00', '0.00', '0.00', '0.00', '0.00', '0.00', '0.00']);
  });

  it('does not pretend to know a document that nobody recorded', async () => {
    await move('d4', second, 'disbursements', '2025-07-02', 80, { documentNumber: '示例拨〔2025〕2号' });
    await move('r4', second, 'receipts', '2025-07-03', 80, { documentNumber: '进账单2' });
    await move('p4', second, 'payments', '2025-07-04', 60, {
      ...{ payee: '示例设备公司', basisDocument: '购销合同', purpose: '设备购置' },
    });
    const lots = at(await get(`/trace/payments/${events['p4']}`), 'lots') as JsonValue[];
    expect(lots.map((lot) => [yuan(lot, 'amount'), at(lot, 'planDocument.documentNumber') ?? null])).toEqual([
      ['500000.00', NUMBER],
      ['100000.00', null],
    ]);
    expect(at(lots[1]!, 'steps.3.documentNumber')).toBe('示例财建〔2025〕77号');
  });

  it('says that a payment was taken back, and what the document holds after a reversal', async () => {
    const reversal = await first.tell('reversals', '2025-07-20', {
      eventId: events['p1'],
      reason: '收款单位录入有误',
    });
    const trace = await get(`/trace/payments/${events['p1']}`);
    expect(trace).toMatchObject({ reversedBy: reversal, lots: [] });
    const before = await get(`/trace/payments/${events['p1']}?asEffectiveOn=2025-07-10`);
    expect(at(before, 'lots')).toHaveLength(2);
    await move('a5', second, 'allocations', '2025-07-21', 20, paper);
    await second.tell('reversals', '2025-07-22', { eventId: events['a5'], reason: '文号录入有误' });
    expect(yuan(await get('/plan-documents'), 'items.0.drawn')).toBe('3000000.00');
    expect(yuan(await get('/plan-documents?asEffectiveOn=2025-07-21'), 'items.0.drawn')).toBe('3200000.00');
  });

  it('ages what lies idle, and lists the lots behind a figure', async () => {
    await first.money('receipts', SELF_RAISED, 40);
    const answer = await get('/ageing?asEffectiveOn=2025-09-20&boundaries=90,180');
    expectFits('Ageing', answer);
    const rows = (at(answer, 'rows') as JsonValue[]).map((row) => [
      at(row, 'stage.label'),
      at(row, 'source.label'),
      ...(at(row, 'amounts') as JsonValue[]).map((money) => at(money, 'yuan')),
    ]);
    expect(rows).toEqual([
      // 250 − 180 of the second lot of 10 June; the other project's money has all gone on.
      ['下达未拨付', '中央预算内投资', '0.00', '700000.00', '0.00'],
      ['拨付未到位', '中央预算内投资', '0.00', '600000.00', '0.00'],
      ['到位未支付', '中央预算内投资', '200000.00', '1200000.00', '0.00'],
      ['到位未支付', '自筹资金', '0.00', '400000.00', '0.00'],
    ]);
    const lots = await get('/ageing/lots?asEffectiveOn=2025-09-20&stage=received&over=90&limit=1');
    expectFits('IdleLotPage', lots);
    expect(lots).toMatchObject({ items: [{ effectiveDate: '2025-06-01', ageDays: 111 }] });
    const next = await get(
      `/ageing/lots?asEffectiveOn=2025-09-20&stage=received&over=90&limit=1&cursor=${at(lots, 'nextCursor') as string}`,
    );
    expect(next).toMatchObject({ items: [{ originEventId: events['r1'], ageDays: 91 }], nextCursor: null });
  });

  it.each([
    [`/trace/payments/${idFor('no payment')}`, 404, 'trace.unknownPayment'],
    [`/trace/plan-documents/${idFor('no document')}`, 404, 'fundPlan.notFound'],
    ['/trace/payments/abc', 400, 'request.invalid'],
    ['/ageing?boundaries=90,80', 400, 'ageing.badBoundaries'],
    ['/ageing?boundaries=x', 400, 'request.invalid'],
    ['/ageing?asEffectiveOn=yesterday', 400, 'asOf.unreadable'],
    ['/ageing/lots?cursor=abc', 400, 'paging.badCursor'],
    ['/plan-documents?cursor=abc', 400, 'paging.badCursor'],
  ])('answers %s with %i', async (path, status, code) => {
    const answer = await client.get(path);
    expect(answer).toMatchObject({ status, body: { code } });
    expectFits('Problem', answer.body);
  });

  it('traces no allocation as if it were a payment', async () => {
    expect(await client.get(`/trace/payments/${events['a1']}`)).toMatchObject({ status: 404 });
  });
});
