import { at, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, DETAILS, Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const NUMBER = '示例发改投资〔2025〕8号';
const yuan = (value: JsonValue, path: string) => at(value, `${path}.yuan`);

describe('money handed over from one project to another', () => {
  let served: TestServer;
  let client: Client;
  let giver: Story;
  let taker: Story;
  let documentId: string;
  let position: string;
  let halves: JsonValue;

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    giver = await (await Story.begin(client)).started();
    const details = { ...DETAILS, name: '示例2县养老服务中心', regions: ['990102'] };
    taker = await (await Story.begin(client, { effectiveDate: '2024-01-10', details })).started();
    const issued = await client.post('/plan-documents', {
      ...{ effectiveDate: '2025-05-20', documentNumber: NUMBER, authority: '示例州发展改革委' },
      ...{
        region: '990100',
        ...CENTRAL,
        total: wan(500),
        lines: [{ projectId: giver.id, amount: wan(260) }],
      },
    });
    documentId = at(issued.body, 'id') as string;
    await giver.tell('allocations', '2025-06-01', {
      ...{ ...CENTRAL, amount: wan(260), documentNumber: NUMBER, authority: '示例州财政局' },
    });
  });
  afterAll(() => served.close());

  const get = async (path: string): Promise<JsonValue> => {
    const { status, body } = await client.get(`${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const reallocate = (amount: number, key: string) =>
    client.post(
      '/reallocations',
      {
        ...{ fromProjectId: giver.id, toProjectId: taker.id, effectiveDate: '2025-07-01', ...CENTRAL },
        ...{
          amount: wan(amount),
          stage: 'allocated',
          documentNumber: '示例调〔2025〕1号',
          reason: '进度调整',
        },
        planDocumentNumber: NUMBER,
      },
      { 'idempotency-key': key },
    );

  it('is one request, answered again, and refused with its arithmetic', async () => {
    expect(await reallocate(261, 'much')).toMatchObject({
      status: 422,
      body: { code: 'funds.reallocatedOverBalance' },
    });
    const answer = await reallocate(100, 'm');
    expect(answer).toMatchObject({ status: 201 });
    expectFits('Reallocation', answer.body);
    halves = answer.body;
    position = at(halves, 'position') as string;
    const again = await reallocate(100, 'm');
    expect(again.body).toEqual(halves);
    expect(again.headers.get('idempotent-replay')).toBe('true');
  });

  it('stands beside the other columns of both projects, and is as much out as in', async () => {
    const ledger = await get('/ledger?groupBy=project');
    expectFits('Ledger', ledger);
    const rows = at(ledger, 'rows') as JsonValue[];
    const columns = ['allocated', 'reallocatedOut', 'reallocatedIn'];
    expect(
      [...rows, at(ledger, 'total') as JsonValue].map((row) => columns.map((c) => yuan(row, `amounts.${c}`))),
    ).toEqual([
      ['2600000.00', '1000000.00', '0.00'],
      ['0.00', '0.00', '1000000.00'],
      ['2600000.00', '1000000.00', '1000000.00'],
    ]);
  });

  it('is followed from its payment back through both halves to the plan document', async () => {
    const paper = { ...CENTRAL, documentNumber: '示例凭证1号' };
    await taker.tell('disbursements', '2025-08-01', { ...paper, amount: wan(100) });
    await taker.tell('receipts', '2025-08-02', { ...paper, amount: wan(100) });
    const paid = await taker.tell('payments', '2025-08-03', {
      ...{ ...CENTRAL, amount: wan(60), payee: '示例建筑公司', basisDocument: '合同1号', purpose: '工程款' },
    });
    position = taker.position;
    const trace = await get(`/trace/payments/${paid}`);
    const [lot] = at(trace, 'lots') as JsonValue[];
    const steps = at(lot!, 'steps') as JsonValue[];
    expect(steps.map((step) => at(step, 'stage.key'))).toEqual([
      ...['paid', 'received', 'disbursed', 'reallocatedIn', 'reallocatedOut', 'allocated'],
    ]);
    expect(at(lot!, 'planDocument.documentNumber')).toBe(NUMBER);
  });

  it('moves draw and line of the document, whose trace shows it at the project it went to', async () => {
    const trace = await get(`/trace/plan-documents/${documentId}`);
    const projects = at(trace, 'projects') as JsonValue[];
    const columns = ['drawn', 'now.allocated', 'now.received', 'now.paid', 'pending'];
    expect(projects.map((project) => columns.map((path) => yuan(project, path)))).toEqual([
      ['1600000.00', '1600000.00', '0.00', '0.00', '0.00'],
      ['1000000.00', '0.00', '400000.00', '600000.00', '0.00'],
    ]);
    expect(yuan(projects[0]!, 'line')).toBe('1600000.00');
    expect(yuan(trace, 'now.reallocated')).toBe('0.00');
  });

  it('leaves a document that is adjusted down to what was drawn, and not below', async () => {
    const adjust = (total: number, line: number) =>
      client.post(`/plan-documents/${documentId}/adjustments`, {
        ...{ effectiveDate: '2025-09-01', documentNumber: '示例发改投资〔2025〕20号', reason: '调减' },
        ...{ authority: '示例州发展改革委', total: wan(total) },
        lines: [{ projectId: giver.id, amount: wan(line) }],
      });
    expect(await adjust(400, 159)).toMatchObject({
      status: 422,
      body: { code: 'fundPlan.adjustedBelowDrawn' },
    });
    expect(await adjust(259, 160)).toMatchObject({ body: { code: 'fundPlan.adjustedBelowDrawn' } });
    const adjusted = await adjust(300, 160);
    expect(adjusted).toMatchObject({ status: 201 });
    position = at(adjusted.body, 'position') as string;
    const remainder = async (asOf: string) => {
      const [document] = at(await get(`/plan-documents${asOf}`), 'items') as JsonValue[];
      return [yuan(document!, 'total'), yuan(document!, 'inLines'), yuan(document!, 'remainder')];
    };
    expect(await remainder('')).toEqual(['3000000.00', '1600000.00', '400000.00']);
    expect(await remainder('?asEffectiveOn=2025-08-31')).toEqual(['5000000.00', '1600000.00', '2400000.00']);
    expect(await remainder('?asEffectiveOn=2025-06-01')).toEqual(['5000000.00', '2600000.00', '2400000.00']);
  });

  it('is listed with both its sides, and not among the halves', async () => {
    const query = `/reallocations?region=990102&projectId=${giver.id}`;
    const list = await get(query);
    expectFits('ReallocationPage', list);
    expect(list).toMatchObject({
      items: [
        {
          ...{ id: at(halves, 'reallocationId'), state: { key: 'complete' }, amount: wan(100) },
          ...{ documentNumber: '示例调〔2025〕1号', reason: '进度调整', stage: { label: '下达' } },
          from: { project: { id: giver.id, name: DETAILS.name }, stands: true },
          to: { project: { id: taker.id }, eventId: at(halves, 'inEventId'), stands: true },
        },
      ],
      nextCursor: null,
    });
    expect(at(await get(`${query}&state=half`), 'items')).toEqual([]);
    expect(at(await get('/reallocations?asEffectiveOn=2025-06-30'), 'items')).toEqual([]);
  });

  it('cannot be taken back by half', async () => {
    const { status, body } = await client.post(`/projects/${giver.id}/reversals`, {
      ...{ effectiveDate: '2025-09-02', eventId: at(halves, 'outEventId'), reason: '误录' },
    });
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'reversal.moneyMovedOn' } });
  });
});
