import { at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, DETAILS, ENTRY, FINANCE, SELF_RAISED, startedBesidePooled, Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

describe('closing a budget year over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let story: Story;
  let closedAt: string;
  let atClosing: JsonValue;

  const close = (body: object): Promise<Answer> => client.post('/year-closings', body, FINANCE);
  const ledger = async (more = ''): Promise<JsonValue> => {
    const { status, body } = await client.get(
      `/ledger?region=990101&year=2025&groupBy=source${more}&waitFor=${story.position}`,
    );
    expect(status).toBe(200);
    return body;
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    story = await startedBesidePooled(client, {
      allocations: 300,
      disbursements: 300,
      receipts: 300,
      payments: 120,
    });
  });
  afterAll(() => served.close());

  it('closes every project of the region and says how many', async () => {
    const answer = await close({ region: '990100', year: 2025 });
    expectFits('YearClosing', answer.body);
    expect(answer).toMatchObject({ status: 201, body: { closed: 2, unchanged: 0, refused: [] } });
    story.position = at(answer.body, 'position') as string;
    const years = await client.get(`/year-closings?region=990101&waitFor=${story.position}`);
    expectFits('ClosedYears', years.body);
    expect(years.body).toMatchObject({ items: [{ year: 2025, closed: 1, open: 0 }] });
    closedAt = at(years.body, 'items.0.lastClosedAt') as string;
    atClosing = await ledger();
    expect(at(atClosing, 'total.amounts.paid')).toEqual({ fen: '120000000', yuan: '1200000.00' });
  });

  it('repeated, closes nothing more', async () => {
    expect(await close({ region: '990100', year: 2025 })).toMatchObject({
      status: 200,
      body: { closed: 0, unchanged: 2, position: null },
    });
  });

  it('takes corrections only under the mark 以前年度', async () => {
    expect(await story.attemptMoney('payments', CENTRAL, 30)).toMatchObject({
      status: 422,
      body: { code: 'year.closed' },
    });
    const correction = await story.attemptMoney('payments', CENTRAL, 30, { priorYear: true });
    expect(correction.status).toBe(201);
    story.position = at(correction.body, 'position') as string;
    const direct = await story.attemptMoney('receipts', SELF_RAISED, 50, { priorYear: true });
    expect(direct.status).toBe(201);
    story.position = at(direct.body, 'position') as string;
  });

  it('reads the closed year for ever as it was known at its closing, and with the corrections now', async () => {
    expect(await ledger(`&asKnownAt=${closedAt}`)).toEqual(atClosing);
    const now = await ledger();
    expect(at(now, 'total.amounts.paid.fen')).toBe(wan(150).fen);
    expect(at(now, 'total.amounts.received.fen')).toBe(wan(350).fen);
  });

  it('leaves what it said standing when a later project is closed too', async () => {
    const late = await Story.begin(client, { ...ENTRY, details: { ...DETAILS, name: '示例1县托育中心' } });
    story.position = late.position;
    const open = await client.get(`/year-closings?region=990101&waitFor=${late.position}`);
    expect(open.body).toMatchObject({ items: [{ closed: 1, open: 1, lastClosedAt: closedAt }] });
    expect((await close({ region: '990100', year: 2025 })).body).toMatchObject({ closed: 1, unchanged: 2 });
    expect(await ledger(`&asKnownAt=${closedAt}`)).toEqual(atClosing);
  });

  it.each([
    ['the commission', { region: '990100', year: 2025 }, { 'x-taizhang-role': 'DevelopmentReform' }, 403],
    ['another region', { region: '513400', year: 2025 }, FINANCE, 403],
    ['a year to come', { region: '990100', year: 2150 }, FINANCE, 422],
    ['no region', { year: 2025 }, FINANCE, 400],
    ['nobody', { region: '990100', year: 2025 }, { 'x-taizhang-user': undefined }, 401],
  ])('refuses %s', async (_who, body, headers, status) => {
    expect((await client.post('/year-closings', body, headers)).status).toBe(status);
  });
});
