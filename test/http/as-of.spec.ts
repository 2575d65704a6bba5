import { readTable } from '#libs/exchange/table/read-table.js';
import { at, type Client, type JsonValue } from './client.js';
import { testServer, type TestServer } from './test-server.js';

const DETAILS = {
  name: '示例第一福利院',
  category: 'ElderlyCare',
  regions: ['990101'],
  place: '示例1县',
  implementingUnits: ['示例1县民政局'],
  totalInvestment: { yuan: '3000000.00' },
  plannedCapacity: {},
};
const LIST = { title: '示例清单', sequence: 1 };

describe('projects as of a day', () => {
  let served: TestServer;
  let client: Client;
  let id: string;
  let between: string;
  let waitFor: string;

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    const entry = { effectiveDate: '2024-01-10', details: DETAILS, list: LIST };
    id = at((await client.post('/projects', entry)).body, 'projectId') as string;
    const listing = { effectiveDate: '2024-02-01', year: 2024, listTitle: '示例清单' };
    const listed = await client.post(`/projects/${id}/listings`, listing);
    const events = await client.get(
      `/projects/${id}/events?waitFor=${at(listed.body, 'position') as string}`,
    );
    between = at(events.body, 'items.1.recordedAt') as string;
    const code = { effectiveDate: '2024-03-01', code: '2401-990101-04-01-100001' };
    waitFor = at((await client.post(`/projects/${id}/codes`, code)).body, 'position') as string;
  });
  afterAll(() => served.close());

  const ask = async (path: string, moment: string): Promise<JsonValue> => {
    const joint = path.includes('?') ? '&' : '?';
    const { status, body } = await client.get(`${path}${joint}waitFor=${waitFor}&${moment}`);
    expect(status).toBe(200);
    return body;
  };

  it.each([
    ['', 1, '2401-990101-04-01-100001'],
    ['asEffectiveOn=2024-01-09', 0, undefined],
    ['asEffectiveOn=2024-02-29', 1, null],
    ['asKnownAt=BETWEEN', 1, null],
    ['asKnownAt=BETWEEN&asEffectiveOn=2024-01-31', 1, null],
    ['asKnownAt=2020-01-01T00:00:00Z', 0, undefined],
  ])('%s: %d project, code %s', async (text, projects, code) => {
    const moment = text.replace('BETWEEN', encodeURIComponent(between));
    for (const path of ['/projects', '/projects/window']) {
      const body = await ask(path, moment);
      expect(at(body, 'items')).toHaveLength(projects);
      expect(at(body, 'items.0.code')).toBe(code);
    }
    expect(at(await ask('/projects/totals?groupBy=stage', moment), 'total.projects')).toBe(projects);
    expect(at(await ask('/pool', moment), 'items')).toHaveLength(projects);
    expect(at(await ask('/overview', moment), 'stages.total.projects')).toBe(projects);
    const one = await client.get(`/projects/${id}?waitFor=${waitFor}&${moment}`);
    expect([one.status, at(one.body, 'code')]).toEqual(
      projects === 1 ? [200, code] : [404, expect.anything()],
    );
  });

  it('lists a year as it was listed', async () => {
    expect(at(await ask('/annual-lists/2024', 'asEffectiveOn=2024-01-31'), 'items')).toEqual([]);
    expect(at(await ask('/annual-lists/2024', 'asEffectiveOn=2024-02-01'), 'items')).toHaveLength(1);
  });

  it.each([
    ['projects.xlsx', '共 1 个项目；截至 2024-02-29 有效'],
    ['projects.csv', '共 1 个项目；截至 2024-02-29 有效 单位：万元'],
    ['project-list.csv', '截至 2024-02-29 有效 单位：万元'],
  ])('%s says as of when', async (name, scope) => {
    const response = await fetch(
      `${client.url}/api/v1/exports/${name}?asEffectiveOn=2024-02-29&waitFor=${waitFor}`,
    );
    const [sheet] = await readTable(Buffer.from(await response.arrayBuffer()), name);
    const texts = [...sheet!.rows.values()].map((cells) => [...cells.values()].map(({ text }) => text));
    expect(texts[1]![0]).toBe(scope);
    expect(texts[3]).not.toContain('2401-990101-04-01-100001');
  });

  it('refuses a day that is none', async () => {
    const { status, body } = await client.get('/projects?asEffectiveOn=2024-02-31');
    expect([status, at(body, 'code')]).toEqual([400, 'asOf.unreadable']);
  });
});
