import { ACTOR, at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, SELF_RAISED, Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const FINANCE = {
  ...ACTOR,
  'x-taizhang-role': 'Finance',
  'x-taizhang-unit': encodeURIComponent('示例州财政局'),
};
const HEADER = '示例州国库支付流水(单位:万元)\n日期,凭证/文号,收款单位,金额,资金来源';
const NOBODY = 'aaaaaaaa-0000-4000-8000-000000000009';
const PAID_CENTRAL = '2025-06-01,施工合同第1期,示例建设公司,120,中央预算内投资';
const PAID_OWN = '2025-06-01,施工合同第1期,示例建设公司,80,自筹资金';

describe('reconciling over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let story: Story;
  let agreedId: string;

  const reconcile = (
    lines: string[],
    query = '',
    headers: Record<string, string> = FINANCE,
    decisions?: object,
  ): Promise<Answer> => {
    const body = new FormData();
    body.set('file', new Blob([[HEADER, ...lines].join('\n')]), '六月流水.csv');
    if (decisions) body.set('decisions', JSON.stringify(decisions));
    const path = `/api/v1/reconciliations?region=990101&kinds=payment${query}`;
    return client.send(path, { method: 'POST', body, headers });
  };
  const find = async (id: string, position = story.position): Promise<JsonValue> => {
    const { status, body } = await client.get(`/reconciliations/${id}?waitFor=${position}`);
    expect(status).toBe(200);
    expectFits('Reconciliation', body);
    return body;
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    story = await (await Story.begin(client)).started();
    for (const [step, line, amount] of [
      ['allocations', CENTRAL, 300],
      ['disbursements', CENTRAL, 300],
      ['receipts', CENTRAL, 300],
      ['payments', CENTRAL, 120],
      ['receipts', SELF_RAISED, 200],
      ['payments', SELF_RAISED, 80],
    ] as const) {
      await story.money(step, line, amount);
    }
  });
  afterAll(() => served.close());

  it('tried, says what would be recorded and records nothing', async () => {
    const tried = await reconcile([PAID_CENTRAL, PAID_OWN], '&dryRun=true');
    expectFits('ReconciliationReport', tried.body);
    expect(tried).toMatchObject({
      status: 200,
      body: { dryRun: true, result: { outcome: 'agreed', matched: { exact: 2 } }, recordedPosition: null },
    });
    expect(at(tried.body, 'lists')).toMatchObject([
      { sheet: 'csv', headerRow: 2, unit: '万元', lines: 2, total: wan(200) },
    ]);
    expect((await client.get('/reconciliations')).body).toMatchObject({ items: [] });
  });

  it('records that statement and ledger agree, with the file and the state of the ledger it saw', async () => {
    const answer = await reconcile([PAID_CENTRAL, PAID_OWN, '合计,,,200,']);
    expectFits('ReconciliationReport', answer.body);
    expect(answer).toMatchObject({ status: 201, body: { warnings: [], position: story.position } });
    agreedId = at(answer.body, 'reconciliationId') as string;
    const found = await find(agreedId, at(answer.body, 'recordedPosition') as string);
    expect(found).toMatchObject({
      scope: { region: '990101', from: '2025-06-01', to: '2025-06-01', kinds: ['payment'] },
      result: {
        outcome: 'agreed',
        balances: [
          {
            source: 'CentralBudgetInvestment',
            statement: { yuan: '1200000.00' },
            ledger: { yuan: '1200000.00' },
          },
          { source: 'SelfRaised', statement: { yuan: '800000.00' }, ledger: { yuan: '800000.00' } },
        ],
      },
      actor: { role: 'Finance' },
      runs: 1,
      standing: 'holds',
      agreementBroken: false,
      changes: [],
    });
    const file = await fetch(`${client.url}/api/v1/reconciliations/${agreedId}/file`);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('六月流水.csv'));
    expect(await file.text()).toBe([HEADER, PAID_CENTRAL, PAID_OWN, '合计,,,200,'].join('\n'));
  });

  it('the same file on the same money says when that was recorded, and records nothing', async () => {
    const again = await reconcile([PAID_CENTRAL, PAID_OWN, '合计,,,200,']);
    expectFits('ReconciliationReport', again.body);
    const position = at(again.body, 'recordedPosition') as string;
    const found = await find(agreedId, position);
    expect(found).toMatchObject({ runs: 1 });
    expect(again).toMatchObject({
      status: 200,
      body: {
        ...{ reconciliationId: agreedId, result: { outcome: 'agreed' } },
        repeats: { position, recordedAt: at(found, 'recordedAt') },
      },
    });
    expect(await served.platform.store.lastPosition()).toBe(position);
  });

  it('shows what each side has alone, and proposes what only somebody can decide', async () => {
    const lines = [
      PAID_CENTRAL,
      '2025-06-04,另一凭证,示例建设公司,80,自筹资金',
      '2025-06-02,示例支〔2025〕9号,不明公司,5,县级财政',
    ];
    const { body } = await reconcile(lines, '&from=2025-06-01&to=2025-06-30');
    expect(body).toMatchObject({
      result: {
        outcome: 'differing',
        matched: { exact: 1, document: 0, proposed: 1 },
        statementOnly: { count: 1, total: { yuan: '50000.00' }, items: [{ row: 5, payee: '不明公司' }] },
        ledgerOnly: { count: 0 },
        doubtful: { items: [{ basis: 'proposed', differs: ['date', 'document'] }] },
      },
    });
    const missing = await reconcile([PAID_OWN], '&dryRun=true');
    expect(missing.body).toMatchObject({
      ledgerOnly: [
        { kind: 'payment', source: 'CentralBudgetInvestment', amount: wan(120), project: { id: story.id } },
      ],
    });
  });

  it('compares receipts by the implementing units, and one project alone', async () => {
    const receipts = ['2025-06-01,进账单2025-031,示例1县民政局,300,中央预算内投资'];
    const asPayments = await reconcile(receipts, `&projectId=${story.id}&dryRun=true`);
    expect(asPayments.body).toMatchObject({ result: { matched: { exact: 0 } } });
    const body = new FormData();
    body.set('file', new Blob([[HEADER, ...receipts].join('\n')]), 'r.csv');
    const path = `/api/v1/reconciliations?region=990101&kinds=receipt&projectId=${story.id}&dryRun=true`;
    expect((await client.send(path, { method: 'POST', body, headers: FINANCE })).body).toMatchObject({
      result: { matched: { exact: 1 }, ledgerOnly: { count: 1 } },
    });
  });

  it('says that an agreed balance is broken, by which event, when the ledger changes afterwards', async () => {
    const wrong = await story.money('payments', SELF_RAISED, 7);
    expect(await find(agreedId)).toMatchObject({
      standing: 'broken',
      agreementBroken: true,
      changes: [{ change: 'added', byEventId: wrong, item: { amount: wan(7) } }],
      ledgerNow: [
        { source: 'CentralBudgetInvestment', then: wan(120), now: wan(120) },
        { source: 'SelfRaised', then: wan(80), now: wan(87) },
      ],
    });
    const found = await client.get(`/findings/M9-${agreedId}?waitFor=${story.position}`);
    expectFits('FindingDetail', found.body);
    expect(found.body).toMatchObject({
      subject: { kind: { key: 'statement' }, id: agreedId },
      status: { key: 'failing' },
      items: [{ figures: { difference: wan(7), agreementBroken: 'true' } }],
    });
    expect(at(found.body, 'items.0.events')).toContain(wrong);
    const note = { effectiveDate: '2025-06-30', basis: at(found.body, 'basis'), explanation: '正在核实' };
    const explained = await client.post(`/findings/M9-${agreedId}/explanations`, note);
    expect([explained.status, at(explained.body, 'findingId')]).toEqual([201, `M9-${agreedId}`]);
    await story.tell('reversals', '2025-06-02', { eventId: wrong, reason: '重复付款' });
    expect(await find(agreedId)).toMatchObject({ standing: 'holds', changes: [] });
  });

  it('tells a replaced entry of the same amount from a broken balance', async () => {
    const events = await client.get(`/projects/${story.id}/events?limit=200&waitFor=${story.position}`);
    const payments = (at(events.body, 'items') as JsonValue[]).filter(
      (event) => at(event, 'type') === 'FundsPaid' && at(event, 'data.source') === 'SelfRaised',
    );
    const reversal = await story.tell('reversals', '2025-06-03', {
      eventId: at(payments[0]!, 'eventId'),
      reason: '收款单位有误',
    });
    expect(await find(agreedId)).toMatchObject({
      standing: 'broken',
      changes: [{ change: 'reversed', byEventId: reversal, item: { eventId: at(payments[0]!, 'eventId') } }],
    });
    await story.money('payments', SELF_RAISED, 80);
    expect(await find(agreedId)).toMatchObject({ standing: 'changed', agreementBroken: false });
  });

  it('lists the latest outcome of each, the newest first, page by page', async () => {
    const first = await client.get('/reconciliations?region=990100&limit=1');
    expectFits('ReconciliationPage', first.body);
    expect(first.body).toMatchObject({ items: [{ result: { outcome: 'differing' } }] });
    const rest = await client.get(
      `/reconciliations?limit=1&cursor=${at(first.body, 'nextCursor') as string}`,
    );
    expect(rest.body).toMatchObject({ items: [{ reconciliationId: agreedId, runs: 1 }], nextCursor: null });
    expect((await client.get('/reconciliations?region=513400')).body).toMatchObject({ items: [] });
  });

  it('takes what somebody says of a proposed pair: confirmed, it agrees, and the finding passes', async () => {
    const lines = [PAID_CENTRAL, '2025-06-04,另一凭证,示例建设公司,80,自筹资金'];
    const period = '&from=2025-05-01&to=2025-06-29';
    const tried = await reconcile(lines, `${period}&dryRun=true`);
    expect(tried.body).toMatchObject({ result: { outcome: 'differing', matched: { proposed: 1 } } });
    const pair = {
      sheet: at(tried.body, 'matches.1.line.sheet'),
      row: 4,
      eventId: at(tried.body, 'matches.1.item.eventId'),
    };
    const rejected = await reconcile(lines, `${period}&dryRun=true`, FINANCE, [
      { ...pair, decision: 'rejected' },
    ]);
    expectFits('ReconciliationReport', rejected.body);
    expect(rejected.body).toMatchObject({
      rejected: [{ line: { row: 4 }, differs: ['date', 'document'] }],
      statementOnly: [{ row: 4 }],
      ledgerOnly: [{ eventId: pair.eventId }],
    });
    const decisions = [{ ...pair, decision: 'confirmed' }];
    const { status, body } = await reconcile(lines, period, FINANCE, decisions);
    expectFits('ReconciliationReport', body);
    expect([status, at(body, 'result.outcome')]).toEqual([201, 'agreed']);
    const id = at(body, 'reconciliationId') as string;
    const position = at(body, 'recordedPosition') as string;
    expect(await find(id, position)).toMatchObject({
      decisions,
      result: { confirmed: { count: 1, items: [{ basis: 'confirmed' }] }, doubtful: { count: 0 } },
    });
    const finding = await client.get(`/findings/M9-${id}?waitFor=${position}`);
    expect(at(finding.body, 'status.key')).toBe('pass');
  });

  it.each<[string, object, number, string]>([
    [
      'an event of another amount',
      [{ sheet: 'csv', row: 3, eventId: NOBODY, decision: 'confirmed' }],
      422,
      'reconciliation.notAPair',
    ],
    ['what is no list', {}, 400, 'request.invalid'],
    [
      'a decision of another word',
      [{ sheet: 'csv', row: 3, eventId: NOBODY, decision: 'maybe' }],
      400,
      'request.invalid',
    ],
  ])('refuses to take %s for a decision', async (_what, decisions, status, code) => {
    const answer = await reconcile([PAID_OWN], '&dryRun=true', FINANCE, decisions);
    expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
  });

  it.each<[string, string[], string, Record<string, string>, number, string]>([
    [
      'an implementing unit',
      [PAID_OWN],
      '',
      { ...FINANCE, 'x-taizhang-role': 'ImplementingUnit' },
      403,
      'actor.notPermitted',
    ],
    [
      'another region',
      [PAID_OWN],
      '',
      { ...FINANCE, 'x-taizhang-region': '513400' },
      403,
      'actor.outsideRegion',
    ],
    [
      'a line that cannot be read',
      ['昨天,1号,甲,1,自筹资金'],
      '',
      FINANCE,
      422,
      'reconciliation.unreadableLines',
    ],
    [
      'a line outside of the period',
      [PAID_OWN],
      '&from=2025-07-01&to=2025-07-31',
      FINANCE,
      422,
      'reconciliation.linesOutsidePeriod',
    ],
    [
      'a period that ends before it begins',
      [PAID_OWN],
      '&from=2025-07-01&to=2025-06-01',
      FINANCE,
      422,
      'reconciliation.badPeriod',
    ],
    ['a period of months', [PAID_OWN], '&from=2025-06', FINANCE, 422, 'reconciliation.badPeriod'],
    ['a kind there is not', [PAID_OWN], '&kinds=loan', FINANCE, 400, 'request.invalid'],
  ])('refuses %s', async (_what, lines, query, headers, status, code) => {
    const answer = await reconcile(lines, query, headers);
    expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
  });

  it('says of each line that cannot be read where and why, and how the file was understood', async () => {
    const { body } = await reconcile(['昨天,1号,甲,1,自筹资金', '2025-06-01,1号,甲,1,彩票']);
    expect(at(body, 'details')).toMatchObject({
      problems: [
        { code: 'import.dateUnreadable', row: 3, column: 'A' },
        { code: 'import.sourceUnknown', row: 4, column: 'E' },
      ],
      lists: [{ sheet: 'csv', headerRow: 2, unit: '万元' }],
    });
  });

  it('knows no reconciliation of another id', async () => {
    const answer = await client.get(`/reconciliations/${NOBODY}`);
    expect([answer.status, at(answer.body, 'code')]).toEqual([404, 'reconciliation.notFound']);
  });
});
