import { at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, FINANCE, SELF_RAISED, startedBesidePooled, type Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const BODY = { region: '990100', year: 2025, documentNumber: '示例财〔2026〕1号' };

describe('carrying a budget year forward over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let story: Story;

  const carry = (more: object = {}, query = '', headers: object = FINANCE): Promise<Answer> =>
    client.post(`/carry-forwards${query}`, { ...BODY, ...more }, headers as Record<string, string>);
  const amounts = async (year: number, position = story.position): Promise<JsonValue | undefined> => {
    const query = `region=990101&year=${year}&groupBy=source&waitFor=${position}`;
    return at((await client.get(`/ledger?${query}`)).body, 'total.amounts');
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    story = await startedBesidePooled(client, {
      allocations: 300,
      disbursements: 250,
      receipts: 200,
      payments: 120,
    });
    await story.money('receipts', SELF_RAISED, 40);
  });
  afterAll(() => served.close());

  it('tried out, says what it would record and records nothing', async () => {
    const answer = await carry({}, '?dryRun=true');
    expectFits('YearCarrying', answer.body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ year: 2025, toYear: 2026, dryRun: true, carried: 1, unchanged: 1, refused: [], position: null },
        entries: 4,
        total: wan(50 + 50 + 80 + 40),
        amounts: [
          { source: { label: '中央预算内投资' }, stage: { label: '下达' }, amount: wan(50) },
          { stage: { label: '拨付' }, amount: wan(50) },
          { stage: { label: '到位' }, amount: wan(80) },
          { source: { label: '自筹资金' }, level: null, stage: { label: '到位' }, amount: wan(40) },
        ],
        leftOff: 0,
      },
    });
    expect(await amounts(2026)).toMatchObject({ carriedIn: wan(0) });
  });

  it('carries once: the years add up to what they were, and nothing stands in the old one', async () => {
    const answer = await carry();
    expectFits('YearCarrying', answer.body);
    expect(answer).toMatchObject({ status: 201, body: { carried: 1, unchanged: 1, dryRun: false } });
    story.position = at(answer.body, 'position') as string;
    expect(await amounts(2025)).toMatchObject({ allocated: wan(300), carriedForward: wan(220) });
    expect(await amounts(2026)).toMatchObject({ allocated: wan(0), carriedIn: wan(220) });
    const stands = async (year: number): Promise<Record<string, string>> => {
      const { body } = await client.get(`/balances?region=990101&year=${year}&waitFor=${story.position}`);
      const rows = at(body, 'rows') as unknown as { account: { key: string }; balance: { fen: string } }[];
      return Object.fromEntries(rows.map(({ account, balance }) => [account.key, balance.fen]));
    };
    expect(await stands(2026)).toMatchObject({
      allocated: wan(50).fen,
      disbursed: wan(50).fen,
      received: wan(120).fen,
    });
    expect(await stands(2025)).toMatchObject({ allocated: '0', disbursed: '0', received: '0' });
    expect(await carry()).toMatchObject({
      status: 200,
      body: { carried: 0, unchanged: 2, entries: 0, position: null },
    });
  });

  it('pays from what was carried, under the new year', async () => {
    const paid = await story.attemptMoney('payments', { ...CENTRAL, budgetYear: 2026 }, 80);
    expect(paid.status).toBe(201);
    expect(await story.attemptMoney('payments', { ...CENTRAL, budgetYear: 2026 }, 1)).toMatchObject({
      status: 422,
      body: { code: 'funds.paidOverReceived' },
    });
  });

  it('refuses a project whose year is closed, and says which', async () => {
    await story.money('receipts', SELF_RAISED, 10);
    await client.post('/year-closings', { region: '990101', year: 2025 }, FINANCE);
    expect(await carry()).toMatchObject({
      status: 200,
      body: { carried: 0, refused: [{ projectId: story.id, code: 'year.closed' }] },
    });
  });

  it.each([
    ['an implementing unit', {}, { 'x-taizhang-role': 'ImplementingUnit' }, 403],
    ['another region', { region: '513400' }, FINANCE, 403],
    ['a year to come', { year: 2150 }, FINANCE, 422],
    ['no document', { documentNumber: undefined }, FINANCE, 400],
    ['nobody', {}, { 'x-taizhang-user': undefined }, 401],
  ])('refuses %s', async (_who, more, headers, status) => {
    expect((await carry(more, '', headers)).status).toBe(status);
  });
});
