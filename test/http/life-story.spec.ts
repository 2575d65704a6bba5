import { at, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, SELF_RAISED, Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

describe('a life story over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let story: Story;

  const get = async (path: string): Promise<JsonValue> => {
    const separator = path.includes('?') ? '&' : '?';
    const { status, body } = await client.get(`${path}${separator}waitFor=${story.position}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const amounts = async (more = ''): Promise<JsonValue> =>
    at(await get(`/ledger?region=990101${more}`), 'total.amounts')!;
  const bedsOf = async (year: number): Promise<JsonValue> =>
    at(await get(`/capacity/yearly?region=990100&from=${year}&to=${year}`), 'total.0.counts.beds')!;

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    story = await Story.begin(client);
  });
  afterAll(() => served.close());

  it('begins in the pool, blocked by the conditions that are not met', async () => {
    await story.tell('readiness-conditions', '2024-02', { condition: 'land', note: '已供地' });
    const pool = await get('/pool?region=990100');
    expectFits('PoolPage', pool);
    expect(at(pool, 'items.0.project.id')).toBe(story.id);
    const blockedBy = at(pool, 'items.0.blockedBy') as { condition: string }[];
    expect(blockedBy.map(({ condition }) => condition)).toEqual(['siting', 'approval', 'funds']);
    expect(at(await get('/pool?ready=true'), 'items')).toEqual([]);
  });

  it('keeps another note of a condition that is met already, which stands since it was met', async () => {
    const note = '已供地，并取得用地批复';
    await story.tell('readiness-conditions', '2024-03', { condition: 'land', note });
    const land = (at(await get(`/projects/${story.id}`), 'conditions') as { condition: string }[]).find(
      ({ condition }) => condition === 'land',
    );
    expect(land).toMatchObject({ met: true, since: '2024-02', note });
    const again = await story.attempt('readiness-conditions', '2024-03', { condition: 'land', note });
    expect(again).toMatchObject({ status: 200, body: { events: [] } });
  });

  it('is approved, estimated, planned, and listed', async () => {
    await story.started();
    await story.tell('listings', '2025-01', {
      year: 2025,
      listTitle: '2025年示例州重大项目清单',
      sequence: 1,
    });
    const list = await get('/annual-lists/2025?region=990100');
    expectFits('AnnualList', list);
    expect(list).toMatchObject({ totals: { projects: 1, totalInvestment: { yuan: '5000000.00' } } });
    const project = await get(`/projects/${story.id}`);
    expectFits('ProjectDetail', project);
    expect(project).toMatchObject({
      stage: { key: 'UnderConstruction', label: '在建' },
      approval: {
        documentNumber: '示例发改审〔2024〕12号',
        approvedTotal: { fen: '500000000', yuan: '5000000.00' },
      },
      unsourced: { fen: '0', yuan: '0.00' },
      startedOn: '2025-03-01',
    });
    expect(await amounts()).toMatchObject({ planned: { yuan: '5000000.00' }, allocated: { yuan: '0.00' } });
  });

  it('moves money through the ledger', async () => {
    await story.money('applications', CENTRAL, 300);
    await story.money('allocations', CENTRAL, 300);
    await story.money('disbursements', CENTRAL, 250);
    await story.money('receipts', CENTRAL, 250);
    await story.money('payments', CENTRAL, 120);
    await story.money('receipts', SELF_RAISED, 200);
    await story.money('payments', SELF_RAISED, 80);
    await story.tell('progress-reports', '2025-06', {
      month: '2025-06',
      completed: { yuan: '2100000.5' },
      physicalPercent: '42.5',
    });
    expect(await amounts()).toMatchObject({
      planned: { fen: '500000000', yuan: '5000000.00' },
      applied: { yuan: '3000000.00' },
      allocated: { yuan: '3000000.00' },
      disbursed: { yuan: '2500000.00' },
      received: { yuan: '4500000.00' },
      paid: { yuan: '2000000.00' },
      completedInvestment: { fen: '210000050', yuan: '2100000.50' },
    });
    expect(await amounts('&source=SelfRaised')).toMatchObject({
      received: { yuan: '2000000.00' },
      paid: { yuan: '800000.00' },
    });
    const bySource = await get(`/ledger?groupBy=source,year&projectId=${story.id}`);
    expectFits('Ledger', bySource);
    expect(at(bySource, 'groupBy')).toEqual(['source', 'year']);
  });

  it('shows the events behind a figure, page by page', async () => {
    const first = await get(`/journal?region=990100&stage=paid&limit=1`);
    expectFits('JournalPage', first);
    expect(at(first, 'items.0.amount.yuan')).toBe('1200000.00');
    const rest = await get(
      `/journal?region=990100&stage=paid&limit=1&cursor=${at(first, 'nextCursor') as string}`,
    );
    expect(rest).toMatchObject({ items: [{ amount: { yuan: '800000.00' } }], nextCursor: null });
    const eventId = at(first, 'items.0.eventId') as string;
    const one = await get(`/journal?eventId=${eventId}&asEffectiveOn=2026-12-31`);
    expect(one).toMatchObject({ items: [{ eventId }], nextCursor: null });
    const number = at(one, 'items.0.documentNumber') as string;
    const byDocument = await get(`/journal?documentNumber=${encodeURIComponent(number)}`);
    expect(at(byDocument, 'items.0.documentNumber')).toBe(number);
    expect(await get('/journal?documentNumber=none')).toMatchObject({ items: [] });
  });

  it('shows the stage accounts, which add up to zero', async () => {
    const accounts = await get(`/balances?groupBy=source,level,year&projectId=${story.id}`);
    expectFits('AccountBalances', accounts);
    expect(at(accounts, 'total.balance')).toEqual({ fen: '0', yuan: '0.00' });
    const direct = await get(`/balances?projectId=${story.id}&source=SelfRaised`);
    expect(at(direct, 'rows')).toContainEqual(
      expect.objectContaining({ account: { key: 'paid', label: '支付' }, left: { fen: '0', yuan: '0.00' } }),
    );
  });

  it('takes a wrong payment back by a reversal', async () => {
    const wrong = await story.money('payments', SELF_RAISED, 50);
    expect(await amounts()).toMatchObject({ paid: { yuan: '2500000.00' } });
    await story.tell('reversals', '2025-06-02', { eventId: wrong, reason: '重复付款' });
    expect(await amounts()).toMatchObject({ paid: { yuan: '2000000.00' } });
  });

  it('counts its beds from the day they are in use, not before', async () => {
    expect(await bedsOf(2026)).toMatchObject({
      planned: { low: 150, high: 150 },
      commissioned: 0,
      stockAtYearEnd: 0,
    });
    await story.accepted();
    expect(await bedsOf(2026)).toMatchObject({ commissioned: 0 });
    await story.tell('commissionings', '2026-07-01', {
      capacity: { beds: 140, nursingBeds: 90 },
      bedScope: 'institution',
    });
    expect(await bedsOf(2026)).toMatchObject({
      planned: { low: 150 },
      commissioned: 140,
      stockAtYearEnd: 140,
    });
    expect(await bedsOf(2025)).toMatchObject({ commissioned: 0, stockAtYearEnd: 0 });
    const counts = await get('/capacity/yearly?from=2025&to=2027&groupBy=category');
    expectFits('YearlyCounts', counts);
    const entries = await get('/capacity/yearly/entries?figure=commissioned&kind=beds&year=2026');
    expectFits('YearlyCountEntryPage', entries);
    expect(entries).toMatchObject({ items: [{ delta: 140, project: { id: story.id } }] });
  });

  it('tells what was known and effective before', async () => {
    expect(await amounts('&asEffectiveOn=2025-05-31')).toMatchObject({
      planned: { yuan: '5000000.00' },
      paid: { yuan: '0.00' },
    });
    expect(await amounts('&asKnownAt=2000-01-01T00:00:00+08:00')).toMatchObject({
      planned: { yuan: '0.00' },
    });
    expect((await client.get('/ledger?asKnownAt=yesterday')).status).toBe(400);
  });

  it('keeps every event with actor, dates, evidence and amounts in fen and yuan', async () => {
    const evidence = [{ documentNumber: '示例审〔2026〕3号' }];
    await story.tell('final-accounts', '2026-08', {
      documentNumber: '示例决〔2026〕1号',
      authority: '示例州财政局',
      final: wan498,
      evidence,
    });
    const events = await get(`/projects/${story.id}/events?limit=200`);
    expectFits('TimelinePage', events);
    const last = (at(events, 'items') as JsonValue[]).at(-1)!;
    expect(last).toMatchObject({
      type: 'FinalAccountApproved',
      effectiveDate: '2026-08',
      actor: { user: 'demo', unit: '示例州发展改革委', role: 'DevelopmentReform', region: '990100' },
      evidence,
      data: { final: { fen: '498000000', yuan: '4980000.00' } },
    });
    const found = await get(
      `/events?ids=${at(last, 'eventId') as string},00000000-0000-0000-0000-000000000000`,
    );
    expectFits('NamedEvents', found);
    expect(at(found, 'items')).toEqual([
      { ...(last as object), project: { id: story.id, name: expect.any(String) as string } },
    ]);
  });
});

const wan498 = { yuan: '4980000.00' };
