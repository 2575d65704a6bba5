import { readFileSync } from 'node:fs';
import { readTable } from '#libs/exchange/table/read-table.js';
import { ACTOR, at, type Answer, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { testServer, type TestServer } from './test-server.js';

const SAMPLES = new URL('../../samples/', import.meta.url);
const LIANGSHAN = '513400-2023-2025';
const ANYANG = '410500-2022-2025';

describe('plans over HTTP', () => {
  let served: TestServer;
  let position: string;

  const upload = (resource: string, file: string, region: string, query = ''): Promise<Answer> => {
    const body = new FormData();
    body.append('file', new Blob([readFileSync(new URL(file, SAMPLES))]), file.replace(/^.*\//u, ''));
    const headers = { ...ACTOR, 'x-taizhang-region': region };
    return served.client.send(`/api/v1/imports/${resource}${query}`, { method: 'POST', body, headers });
  };
  const get = async (path: string): Promise<JsonValue> => {
    const { status, body } = await served.client.get(
      `${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`,
    );
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const items = (body: JsonValue, path = 'items') => at(body, path) as Record<string, JsonValue>[];

  beforeAll(async () => {
    served = await testServer();
  });
  afterAll(() => served.close());

  it('are tried without recording anything', async () => {
    const answer = await upload('plans', 'plans/liangshan-indicators.csv', '513400', '?dryRun=true');
    expect(answer).toMatchObject({ status: 200, body: { dryRun: true, events: 147, position: null } });
    expectFits('PlanImportReport', answer.body);
    expect(await served.platform.store.lastPosition()).toBeUndefined();
  });

  it('are imported once, and by nobody from elsewhere', async () => {
    const refused = await upload('plans', 'plans/liangshan-indicators.csv', '410500');
    expect(refused).toMatchObject({ status: 403, body: { code: 'actor.outsideRegion' } });
    await upload('project-lists', 'liangshan-major-projects.xlsx', '513400', '?effectiveDate=2023-12-15');
    await upload('plans', 'plans/anyang-indicators.csv', '410500');
    await upload('plans', 'plans/liangshan-tasks.csv', '513400');
    const first = await upload('plans', 'plans/liangshan-indicators.csv', '513400');
    expect(first).toMatchObject({ status: 201, body: { planId: LIANGSHAN, outcomes: { held: 0 } } });
    expect(first.headers.get('location')).toBe(`/api/v1/plans/${LIANGSHAN}`);
    position = at(first.body, 'position') as string;
    const again = await upload('plans', 'plans/liangshan-indicators.csv', '513400');
    expect(again).toMatchObject({ status: 200, body: { events: 0, outcomes: { unchanged: 146 } } });
  });

  it('are listed, and each says what it prints and where', async () => {
    const list = await get('/plans');
    expectFits('PlanPage', list);
    expect(items(list).map(({ id }) => id)).toEqual([ANYANG, LIANGSHAN]);
    expect(items(await get('/plans?region=513400'))).toHaveLength(1);
    const plan = await get(`/plans/${LIANGSHAN}`);
    expectFits('PlanDetail', plan);
    expect(items(plan, 'figures').find(({ indicator }) => indicator === '常住人口')).toMatchObject({
      kind: { key: 'population' },
      printed: '485.84万人',
      year: 2020,
    });
  });

  it('凉山: 12,559 ÷ 4,858,400 is 2.585 per 1,000, with both parts and their documents', async () => {
    const report = await get('/indicators?region=513400&year=2023&indicator=placesPerThousand');
    expectFits('IndicatorReport', report);
    expect(at(report, 'answers.0.items.0')).toMatchObject({
      value: { printed: '2.585' },
      numerator: { low: '12559', evidence: [{ planId: LIANGSHAN }] },
      denominator: { low: '4858400', asOf: '2020-12-31' },
    });
    expectFits('IndicatorReport', await get('/indicators?region=513400&year=2023'));
    const compared = await get('/indicators/comparison?region=510000&year=2023');
    expectFits('IndicatorComparison', compared);
    expect(at(compared, 'rows.0.region')).toMatchObject({ name: '四川省' });
    expect(at(compared, 'rows.1')).toMatchObject({ region: { code: '513400' } });
    expect(at(compared, 'rows.1.values.0.value')).toMatchObject({ low: '62795/24292', printed: '2.585' });
    const before = await get(
      '/indicators?region=513400&year=2023&indicator=places&asKnownAt=2020-01-01T00:00:00Z',
    );
    expect(at(before, 'answers.0.items.0')).toMatchObject({ value: null });
  });

  it('凉山: 4.5 takes 21,863 places, 9,304 are missing, of which the list plans 200', async () => {
    const trajectory = await get(`/plans/${LIANGSHAN}/trajectory?indicator=placesPerThousand`);
    expectFits('Trajectory', trajectory);
    expect(items(trajectory, 'targets').findLast(({ year }) => year === 2025)).toMatchObject({
      needed: '21863',
      missing: '9304',
      planned: { low: 200, high: 200 },
    });
  });

  it('凉山: the nursing share of 2025 contradicts itself, side by side', async () => {
    const targets = await get(`/plans/${LIANGSHAN}/targets?year=2025`);
    expectFits('PlanTargets', targets);
    const nursing = items(targets, 'contradictions').find(
      ({ rule, indicator }) => rule === 'T1' && (indicator as string).includes('护理型'),
    )!;
    expect(nursing).toMatchObject({ severity: 'error', year: 2025 });
    expect(items(nursing, 'sides').map(({ printed }) => printed)).toEqual(['80%', '80%', '≥60%']);
  });

  it('安阳: 4.5 is reached by 24,600 places only after rounding', async () => {
    const sentences = items(await get(`/plans/${ANYANG}/targets`), 'contradictions').map(
      ({ sentence }) => sentence,
    );
    expect(sentences).toContainEqual(expect.stringContaining('四舍五入后才达到目标 4.5个，未经舍入未达到'));
  });

  it('凉山: targets stand by year beside the actual years', async () => {
    const body = await get(`/plans/${LIANGSHAN}/years`);
    expectFits('PlanYears', body);
    const places = items(body, 'indicators').find(
      ({ indicator }) => at(indicator!, 'id') === 'placesPerThousand',
    )!;
    const of2025 = (places['years'] as JsonValue[]).find((each) => at(each, 'year') === 2025)!;
    expect(at(of2025, 'actual.printed')).toBe('2.585');
    expect(at(of2025, 'targets')).toContainEqual(
      expect.objectContaining({ printed: '4.5个', verdict: { key: 'missed', label: '未达到' } }),
    );
    expect(at(of2025, 'change.printed')).toBe('0.000');
  });

  it('have tasks with their units', async () => {
    const tasks = await get(`/plans/${LIANGSHAN}/tasks`);
    expectFits('PlanTaskPage', tasks);
    expect(items(tasks)).toHaveLength(12);
    const [first] = items(tasks);
    const [unit] = first!['leadUnits'] as string[];
    const own = items(await get(`/plans/${LIANGSHAN}/tasks?unit=${encodeURIComponent(unit!)}`));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(12);
  });

  it('page plans and tasks, none twice and none left out', async () => {
    const all = items(await get(`/plans/${LIANGSHAN}/tasks`)).map(({ taskId }) => taskId);
    const paged: JsonValue[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`/plans/${LIANGSHAN}/tasks?limit=5${cursor}`);
      paged.push(...items(page).map(({ taskId }) => taskId!));
      const next = at(page, 'nextCursor') as string | null;
      if (next === null) break;
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
    expect(paged).toEqual(all);
    const first = await get('/plans?limit=1');
    const second = await get(
      `/plans?limit=1&cursor=${encodeURIComponent(at(first, 'nextCursor') as string)}`,
    );
    expect([...items(first), ...items(second)].map(({ id }) => id)).toEqual([ANYANG, LIANGSHAN]);
  });

  it('take the report of a unit on its task, once, and not from elsewhere', async () => {
    const [task] = items(await get(`/plans/${LIANGSHAN}/tasks`));
    const path = `/plans/${LIANGSHAN}/tasks/${task!['taskId'] as string}/reports`;
    const report = { state: 'blocked', note: '选址未定', effectiveDate: '2024-05' };
    const from = (region: string) => ({
      'x-taizhang-region': region,
      'x-taizhang-role': 'ImplementingUnit',
      'idempotency-key': 'task-report',
    });
    expect(await served.client.post(path, { ...report, region: '513401' }, from('410500'))).toMatchObject({
      status: 403,
      body: { code: 'actor.outsideRegion' },
    });
    const told = await served.client.post(path, report, from('513401'));
    expect(told).toMatchObject({ status: 201, body: { outcome: 'recorded', planId: LIANGSHAN } });
    expectFits('PlanRecorded', told.body);
    expect((await served.client.post(path, report, from('513401'))).body).toMatchObject({
      outcome: 'repeated',
    });
    position = at(told.body, 'position') as string;
    const [after] = items(await get(`/plans/${LIANGSHAN}/tasks`));
    expect(after).toMatchObject({
      status: { key: 'blocked', from: 'report', explanation: '西昌市报告：选址未定' },
      reports: [{ region: { code: '513401' }, state: 'blocked', date: '2024-05' }],
    });
    const unknown = path.replace(task!['taskId'] as string, '00000000-0000-4000-8000-000000000000');
    expect((await served.client.post(unknown, report, from('513400'))).body).toMatchObject({
      code: expect.stringMatching(/^(plan\.unknownTask|command\.reused)$/u) as unknown,
    });
  });

  it('come out as workbooks: indicators, and a breakdown to fill in that is imported and comes out the same', async () => {
    const file = async (path: string): Promise<{ bytes: Buffer; name: string }> => {
      const response = await fetch(`${served.client.url}/api/v1/exports/${path}`);
      expect(response.status).toBe(200);
      const name = decodeURIComponent(response.headers.get('content-disposition')!.split("''")[1]!);
      return { bytes: Buffer.from(await response.arrayBuffer()), name };
    };
    const indicators = await file(`indicators.xlsx?region=513400&year=2023&waitFor=${position}`);
    expect(indicators.name).toBe('凉山彝族自治州2023年指标表.xlsx');
    const [sheet] = await readTable(indicators.bytes, indicators.name);
    expect(sheet!.rows.get(4)!.get(4)).toMatchObject({ text: '2.585', kind: 'formula' });
    const none = await served.client.get(`/exports/county-breakdown.xlsx?planId=${LIANGSHAN}`);
    expect(none.body).toMatchObject({ code: 'plan.noBreakdown' });

    const template = await file(`county-breakdown-template.xlsx?planId=${LIANGSHAN}`);
    const [empty] = await readTable(template.bytes, template.name);
    const headers = [...empty!.rows.get(7)!.values()].map(({ text }) => text);
    expect(headers[1]).toMatch(/^.+（20\d\d年，.+）$/u);
    const asText = await file(`county-breakdown-template.csv?planId=${LIANGSHAN}`);
    const [sameEmpty] = await readTable(asText.bytes, asText.name);
    const texts = [...sameEmpty!.rows.values()].flatMap((row) => [...row.values()].map(({ text }) => text));
    expect(texts).toEqual(expect.arrayContaining([...headers, '西昌市']));
    const about = [3, 4, 5].map((row) => [...empty!.rows.get(row)!.values()].map(({ text }) => text).join());
    const filled = [
      ...about,
      '分解依据,文件所印',
      `"县（市、区）","${headers[1]!}"`,
      '西昌市,3000',
      '会理市,2000',
    ].join('\r\n');
    const imported = (bytes: Uint8Array, name: string) => {
      const body = new FormData();
      body.append('file', new Blob([Uint8Array.from(bytes)]), name);
      const headers = { ...ACTOR, 'x-taizhang-region': '513400' };
      return served.client.send('/api/v1/imports/plans', { method: 'POST', body, headers });
    };
    const first = await imported(Buffer.from(filled), '分解.csv');
    expect(first).toMatchObject({ status: 201, body: { outcomes: { recorded: 1, held: 0 } } });
    position = at(first.body, 'position') as string;
    for (const format of ['xlsx', 'csv']) {
      const { bytes, name } = await file(
        `county-breakdown.${format}?planId=${LIANGSHAN}&waitFor=${position}`,
      );
      const again = await imported(bytes, name);
      expect(again.body).toMatchObject({ events: 0, outcomes: { unchanged: 1, held: 0 } });
    }
  });

  it.each([
    ['/plans/990100-2030-2031', 404, 'plan.notFound'],
    ['/plans/x', 400, 'request.invalid'],
    ['/indicators?region=513400', 400, 'request.invalid'],
    ['/indicators?region=513400&year=2023&indicator=x', 400, 'indicators.unknown'],
    [`/plans/${LIANGSHAN}/trajectory?indicator=nursingShare`, 400, 'indicators.unknown'],
  ])('%s is %i %s', async (path, status, code) => {
    expect(await served.client.get(path)).toMatchObject({ status, body: { code } });
  });
});
