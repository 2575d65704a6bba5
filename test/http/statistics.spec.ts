import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStatistics, statisticsTemplate } from '#libs/exchange/statistics/read-statistics.js';
import { readTable } from '#libs/exchange/table/read-table.js';
import { ACTOR, at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { testServer, type TestServer } from './test-server.js';

const headers = (user: string, unit: string) => ({
  'x-taizhang-user': encodeURIComponent(user),
  'x-taizhang-unit': encodeURIComponent(unit),
  'x-taizhang-role': 'LeadUnit',
});
const CIVIL = '示例州民政局';
const BEDS = [
  'institutionBeds',
  'communityBeds',
  'homeBeds',
  'institutionNursingBeds',
  'lotteryForElderlyCare',
];

describe('statistics reporting over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let position: string;

  const post = async (what: string, body: object, who = headers('甲', CIVIL)): Promise<Answer> => {
    const answer = await client.post(`/statistics/990100/2024/${what}`, body, who);
    if (answer.status === 201) {
      expectFits('StatisticsRecorded', answer.body);
      position = at(answer.body, 'position') as string;
    }
    return answer;
  };
  const reports = async (more = ''): Promise<JsonValue> => {
    const { status, body } = await client.get(`/statistics/reports?region=990100&waitFor=${position}${more}`);
    expect(status).toBe(200);
    expectFits('StatisticsReports', body);
    return at(body, 'items')!;
  };
  const recorded = async (): Promise<JsonValue> => {
    const { status, body } = await client.get(`/statistics/990100/2024?waitFor=${position}`);
    expect(status).toBe(200);
    expectFits('RecordedStatistics', body);
    return body;
  };

  const steps = async (): Promise<JsonValue> => {
    const { body } = await client.get(`/statistics/990100/2024/steps?waitFor=${position}`);
    expectFits('StatisticsSteps', body);
    return at(body, 'items')!;
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
  });
  afterAll(() => served.close());

  it('lists who owes what, and who is missing on a day', async () => {
    const duties = [
      { unit: CIVIL, figures: BEDS },
      { unit: '示例州卫健委', figures: ['places', 'inclusivePlaces'] },
    ];
    expect((await post('openings', { duties })).status).toBe(201);
    expect(await reports()).toMatchObject([
      { unit: CIVIL, deadline: '2025-03-01', status: { key: 'due' }, missing: true, late: false },
      { unit: '示例州卫健委', missing: true },
    ]);
    expect(await reports('&onDay=2025-03-01')).toEqual([]);
  });

  it('lists them page by page, and counts those of all pages', async () => {
    const page = async (more: string): Promise<JsonValue> => {
      const { body } = await client.get(`/statistics/reports?region=990100&limit=1&only=missing${more}`);
      expectFits('StatisticsReports', body);
      return body;
    };
    const first = await page('');
    expect(first).toMatchObject({ items: [{ unit: CIVIL }], counts: { due: 2, missing: 2, late: 0 } });
    const cursor = at(first, 'nextCursor') as string;
    const second = await page(`&cursor=${cursor}`);
    expect(second).toMatchObject({ items: [{ unit: '示例州卫健委' }], nextCursor: null, counts: { due: 2 } });
    const other = await client.get(`/projects?cursor=${cursor}`);
    expect(other).toMatchObject({ status: 400, body: { code: 'paging.badCursor' } });
  });

  it('takes a filled sheet, and counts its figures once another person has checked them', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-statistics-'));
    const file = path.join(folder, '统计表.csv');
    const lines = statisticsTemplate(BEDS as never)
      .trimEnd()
      .split('\r\n');
    const values = ['1,200', '300', '0', '700', '12.5万元'];
    const filled = lines.map((line, n) =>
      n === 0 ? line : line.replace(/^([^,]+),,([^,]*),,$/u, `$1,"${values[n - 1]}",$2,民政统计台账,`),
    );
    writeFileSync(file, filled.join('\r\n'));
    const figures = readStatistics(await readTable(Buffer.from(filled.join('\r\n')), file));
    rmSync(folder, { recursive: true });
    expect(figures.map(({ value }) => value)).toEqual(['1200', '300', '0', '700', '12500000']);
    expect((await post('submissions', { figures })).status).toBe(201);
    expect(await reports('&only=late')).toMatchObject([
      { unit: CIVIL, late: true, status: { key: 'submitted' } },
    ]);
    expect(await recorded()).toMatchObject({ figures: [] });
    expect(await steps()).toMatchObject([
      { kind: { key: 'StatisticsSubmitted' }, unit: CIVIL, actor: { user: '甲' }, said: null },
    ]);
    expect(at(await steps(), '0.figures.4')).toMatchObject({ value: '12500000', unit: '分' });
    const own = await post('checks', { unit: CIVIL });
    expect(own).toMatchObject({ status: 422, body: { code: 'statistics.samePerson' } });
    expect((await post('checks', { unit: CIVIL }, headers('乙', CIVIL))).status).toBe(201);
    const found = await recorded();
    expect(at(found, 'figures')).toHaveLength(5);
    expect(at(found, 'comparisons.0')).toMatchObject({
      scope: { key: 'all', label: '全部' },
      unscoped: '0',
      recorded: '1500',
      derived: '0',
      difference: '1500',
      exceeds: true,
      explanations: [],
    });
    expect(at(found, 'comparisons.1')).toMatchObject({ scope: { label: '机构' }, recorded: '1200' });
    expect(at(found, 'comparisons.3.recorded')).toBeNull();
  });

  it('takes the filled sheet as a file too, kept as evidence, and not from who may not report', async () => {
    const sheet = '指标,数值,单位,数据来源,依据文号\n托位,200,个,托育台账,\n普惠托位,150,个,托育台账,\n';
    const upload = (role: string) => {
      const body = new FormData();
      body.append('file', new Blob([sheet]), '托位.csv');
      const who = { ...ACTOR, ...headers('丙', '示例州卫健委'), 'x-taizhang-role': role };
      const path = '/api/v1/statistics/990100/2024/submission-files';
      return client.send(path, { method: 'POST', body, headers: who });
    };
    expect(await upload('Audit')).toMatchObject({ status: 403, body: { code: 'actor.notPermitted' } });
    const answer = await upload('LeadUnit');
    expect(answer).toMatchObject({ status: 201, body: { outcome: 'recorded' } });
    expectFits('StatisticsRecorded', answer.body);
    position = at(answer.body, 'position') as string;
    expect(await reports('&only=late')).toMatchObject([
      { unit: CIVIL },
      { unit: '示例州卫健委', status: { key: 'submitted' } },
    ]);
    const stored = served.platform.store.readStream('statistics-990100-2024');
    const evidence: unknown[] = [];
    for await (const { metadata } of stored) evidence.push(...(metadata['evidence'] as unknown[]));
    expect(evidence).toMatchObject([{ fileName: '托位.csv', fileDigest: expect.any(String) as unknown }]);
  });

  it('shows why statistics and ledger differ, once somebody said so', async () => {
    const explanation = '既有设施建于台账之前,未登记';
    expect((await post('explanations', { figure: 'institutionBeds', explanation })).status).toBe(201);
    expect(at(await recorded(), 'comparisons.0.explanations')).toMatchObject([{ explanation }]);
  });

  it('does not count what was given back', async () => {
    const who = headers('乙', CIVIL);
    expect((await post('returns', { unit: CIVIL, reason: '社区床位有误' }, who)).status).toBe(201);
    expect(await reports('&only=missing')).toMatchObject([
      { unit: CIVIL, status: { key: 'returned' }, returnReason: '社区床位有误' },
    ]);
    expect(at(await recorded(), 'figures')).toEqual([]);
    expect(((await steps()) as unknown[]).at(-1)).toMatchObject({
      kind: { label: '退回' },
      said: '社区床位有误',
      figures: [],
    });
  });

  it('names every cell of a sheet that cannot be read', async () => {
    const sheet = '指标,数值,单位,数据来源\n托位,约100,个,台账\n床位数,5,张,台账\n普惠托位,不详,个,\n';
    const tables = await readTable(Buffer.from(sheet), '表.csv');
    expect(() => readStatistics(tables)).toThrow(
      expect.objectContaining({
        code: 'statistics.unreadable',
        details: {
          problems: [{ row: 2 }, { row: 3 }, { row: 4 }].map(
            (row) => expect.objectContaining(row) as unknown,
          ),
        },
      }) as Error,
    );
  });

  it.each([
    ['an unknown figure', 'openings', { duties: [{ unit: CIVIL, figures: ['money'] }] }, 400],
    ['an implementing unit that opens', 'openings', { duties: [{ unit: CIVIL, figures: ['places'] }] }, 403],
  ])('refuses %s', async (_what, route, body, status) => {
    const who = { ...headers('甲', CIVIL), 'x-taizhang-role': 'ImplementingUnit' };
    expect((await post(route, body, who)).status).toBe(status);
  });

  it('knows its periods and regions', async () => {
    expect((await client.get('/statistics/990100/2024-H5')).status).toBe(422);
    expect((await client.get('/statistics/123456/2024')).status).toBe(422);
  });
});
