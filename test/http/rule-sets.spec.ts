import { at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { CENTRAL, Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const items = (body: JsonValue): JsonValue[] => at(body, 'items') as JsonValue[];

describe('rule sets over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let story: Story;
  const read = async (path: string, shape: Parameters<typeof expectFits>[0]): Promise<JsonValue> => {
    const { status, body } = await client.get(
      `${path}${path.includes('?') ? '&' : '?'}waitFor=${story.position}`,
    );
    expect([path, status]).toEqual([path, 200]);
    expectFits(shape, body);
    return body;
  };
  const strict = {
    effectiveDate: '2025-12-01',
    version: 1,
    region: '990100',
    from: '2025-01-01',
    title: '示例州严格规则',
    authority: '示例州发展改革委',
    documentNumber: '示例发改〔2025〕9号',
    parameters: [{ name: 'M4.days', from: '1949-10-01', value: '10', source: '示例发改〔2025〕9号' }],
  };
  const adopt = (body: object, headers: Record<string, string> = {}, id = 'shili'): Promise<Answer> =>
    client.post(`/rule-sets/${id}/adoptions`, body, headers);
  const overdue = async (more = ''): Promise<JsonValue[]> =>
    items(await read(`/findings?rule=M4&projectId=${story.id}&on=2025-06-20${more}`, 'FindingPage'));

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    story = await (await Story.begin(client)).started();
    await story.money('allocations', CENTRAL, 300);
  });
  afterAll(() => served.close());

  it('begin with the one that is shipped, in force everywhere', async () => {
    const body = await read('/rule-sets?region=990101', 'RuleSetAdoptions');
    expect(items(body)).toMatchObject([
      { id: 'default', version: 2, region: null, newer: null, adopted: null },
    ]);
    const one = await read('/rule-sets/default', 'RuleSet');
    expect(at(one, 'parameters') as JsonValue[]).toContainEqual(
      expect.objectContaining({ name: 'M4.days', value: '90' }),
    );
    expect(await overdue()).toEqual([]);
  });

  it.each<[string, object, Record<string, string>, number, string]>([
    ['by finance', strict, { 'x-taizhang-role': 'Finance' }, 403, 'actor.notPermitted'],
    ['from elsewhere', strict, { 'x-taizhang-region': '513400' }, 403, 'actor.outsideRegion'],
    ['without a document', { ...strict, documentNumber: undefined }, {}, 422, 'ruleSet.incomplete'],
    ['as a second version without a first', { ...strict, version: 2 }, {}, 422, 'ruleSet.badVersion'],
    [
      'with a parameter that is none',
      { ...strict, parameters: [{ ...strict.parameters[0], name: 'M4.hours' }] },
      {},
      422,
      'ruleSet.unknownParameter',
    ],
    [
      'with days that are no number',
      { ...strict, parameters: [{ ...strict.parameters[0], value: '十天' }] },
      {},
      422,
      'ruleSet.badValue',
    ],
    ['with a rule that is none', { ...strict, rules: ['M99'] }, {}, 422, 'ruleSet.unknownRule'],
    ['from a day that is none', { ...strict, from: '2025-02-30' }, {}, 422, 'ruleSet.badDay'],
    ['on a day to come', { ...strict, effectiveDate: '2199' }, {}, 422, 'date.future'],
    [
      'without a value',
      { ...strict, parameters: [{ ...strict.parameters[0], value: undefined }] },
      {},
      422,
      'ruleSet.badValue',
    ],
  ])('are not adopted %s', async (_, body, headers, status, code) => {
    const answer = await adopt(body, headers);
    expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
  });

  it('adopted, judge what happens from their day on, and keep what was said before', async () => {
    const before = new Date().toISOString();
    const key = { 'idempotency-key': 'adopt-1' };
    const answer = await adopt(strict, key);
    expectFits('RuleSetAdopted', answer.body);
    expect(answer.status).toBe(201);
    story.position = at(answer.body, 'position') as string;
    const again = await adopt(strict, key);
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, 'true']);
    const [found] = await overdue();
    expect(found).toMatchObject({ rule: { id: 'M4' }, ruleSet: { id: 'shili', version: 1 } });
    expect(await overdue(`&asKnownAt=${before}`)).toEqual([]);
    expect(items(await read('/rule-sets?region=990101', 'RuleSetAdoptions'))).toMatchObject([
      { id: 'default' },
      {
        id: 'shili',
        region: { key: '990100', label: '示例州' },
        adopted: { actor: { role: 'DevelopmentReform' } },
      },
    ]);
  });

  it('never change in what they say, and may be adopted elsewhere as they are', async () => {
    const other = await adopt({ ...strict, title: '另一名称' });
    expect([other.status, at(other.body, 'code')]).toEqual([422, 'ruleSet.versionExists']);
    const { effectiveDate, version } = strict;
    const county = await adopt({ effectiveDate, version, region: '990102', from: '2026-01-01' });
    expect(county.status).toBe(201);
    story.position = at(county.body, 'position') as string;
    expect(await read('/rule-sets/shili', 'RuleSet')).toMatchObject({
      adoptions: [{ region: { key: '990100' } }, { region: { key: '990102' } }],
    });
    const missing = await client.get('/rule-sets/none');
    expect([missing.status, at(missing.body, 'code')]).toEqual([404, 'ruleSet.unknown']);
  });

  it('are held against each other on the same facts, each with its figures and events', async () => {
    const path = '/rule-sets/comparison?region=990100&asEffectiveOn=2025-06-20&left=default@2&right=shili@1';
    const body = await read(path, 'RuleSetComparison');
    expect(body).toMatchObject({
      left: { id: 'default' },
      right: { id: 'shili' },
      on: '2025-06-20',
      items: [
        {
          id: `M4-${story.id}`,
          left: { status: { key: 'ripening' } },
          right: { status: { key: 'failing' }, items: [{ figures: {} }] },
        },
      ],
    });
    expect(Number(at(body, 'same')) + 1).toBe(at(body, 'compared'));
    for (const side of ['left', 'right']) {
      expect((at(body, `items.0.${side}.items.0.events`) as JsonValue[]).length).toBeGreaterThan(0);
    }
    const byDay = await read(
      '/rule-sets/comparison?region=990100&on=2024-12-31&rule=M4',
      'RuleSetComparison',
    );
    expect(byDay).toMatchObject({ left: { id: 'default' }, right: { id: 'shili' } });
    const wide = await client.get('/rule-sets/comparison');
    expect([wide.status, at(wide.body, 'code')]).toEqual([422, 'ruleSet.noScope']);
    const none = await client.get('/rule-sets/comparison?region=990100&left=none@1');
    expect([none.status, at(none.body, 'code')]).toEqual([404, 'ruleSet.unknown']);
  });

  it('and findings are told by the facts of a day', async () => {
    expect(await overdue('&asEffectiveOn=2025-05-01')).toEqual([]);
    const found = await overdue('&asEffectiveOn=2025-06-20');
    const [now] = await overdue();
    // What was said last became known with the rule set; what the day gave rests on its facts alone.
    expect(found).toEqual([{ ...(now as object), knownSince: expect.any(String) as string }]);
    const one = await read(`/findings/M4-${story.id}?asEffectiveOn=2025-06-20`, 'FindingDetail');
    expect(one).toMatchObject({ status: { key: 'failing' }, handling: { key: 'open' } });
  });
});
