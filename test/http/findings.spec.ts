import { readFileSync } from 'node:fs';
import { ACTOR, at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { Story, wan } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const SAMPLE = new URL('../../samples/liangshan-major-projects.xlsx', import.meta.url);

/** Behind everything that this specification records. */
const NEXT_YEAR = '2199-01-01T00:00:00Z';

const list = (body: JsonValue): JsonValue[] => at(body, 'items') as JsonValue[];

describe('findings over HTTP', () => {
  let served: TestServer;
  let client: Client;

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
  });
  afterAll(() => served.close());

  describe('on the published list', () => {
    let position: string;
    const find = async (query: string): Promise<JsonValue[]> => {
      const { status, body } = await client.get(
        `/findings?region=513400&limit=500&waitFor=${position}${query}`,
      );
      expect(status).toBe(200);
      expectFits('FindingPage', body);
      return list(body);
    };

    beforeAll(async () => {
      const body = new FormData();
      body.append('file', new Blob([readFileSync(SAMPLE)]), '清单.xlsx');
      const headers = { ...ACTOR, 'x-taizhang-region': '513400' };
      const path = '/api/v1/imports/project-lists?effectiveDate=2023';
      position = at((await client.send(path, { method: 'POST', body, headers })).body, 'position') as string;
    });

    it('are M8 on row 19 and C2 on row 20, and nothing else about money', async () => {
      const money = await find('&ruleCategory=money');
      expect(money.map((finding) => [at(finding, 'rule.id'), at(finding, 'project.name')])).toEqual([
        ['M8', '宁南县托育中心'],
      ]);
      expect(at(money[0]!, 'items.0.figures')).toEqual({
        total: { fen: '300000000', yuan: '3000000.00' },
        planned: { fen: '100000000', yuan: '1000000.00' },
        unsourced: { fen: '200000000', yuan: '2000000.00' },
      });
      const costs = await find('&ruleCategory=capacity');
      expect(costs.map((finding) => [at(finding, 'rule.id'), at(finding, 'project.name')])).toEqual([
        ['C2', '西昌市人民医院医养中心'],
      ]);
      expect(at(costs[0]!, 'items.0.figures')).toMatchObject({
        unitCostWan: '0.1000',
        medianCostWan: '0.6182',
        units: '6000',
        measure: 'floorAreaM2',
        projects: '3',
      });
    });

    it('are counted rule by rule, as many as are listed, the most serious first', async () => {
      const { status, body } = await client.get(`/findings/counts?region=513400&waitFor=${position}`);
      expect(status).toBe(200);
      expectFits('FindingCounts', body);
      const listed = await find('');
      const counted = list(body).map((item) => [at(item, 'rule.id'), at(item, 'failing')]);
      const rules = [...new Set(listed.map((finding) => at(finding, 'rule.id')))];
      expect(counted).toHaveLength(rules.length);
      for (const [rule, failing] of counted) {
        expect(failing).toBe(listed.filter((finding) => at(finding, 'rule.id') === rule).length);
      }
      const severities = list(body).map((item) => at(item, 'bySeverity.0.severity.key') as string);
      const places = severities.map((key) => ['critical', 'error', 'warning'].indexOf(key));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      const elsewhere = await client.get('/findings/counts?region=990100');
      expect(list(elsewhere.body)).toEqual([]);
    });

    it.each([
      ['of another day', 'on=2024-06-30'],
      ['as known before anything was', 'asKnownAt=2020-01-01T00:00:00Z'],
      ['as known now', `asKnownAt=${NEXT_YEAR}`],
      ['as effective before anything was', 'asEffectiveOn=2020-01-01'],
      ['as effective on a later day', 'asEffectiveOn=2026-06-30'],
      ['as of both', `asKnownAt=${NEXT_YEAR}&asEffectiveOn=2026-06-30`],
    ])('are counted as many as are listed %s', async (_, moment) => {
      const counts = await client.get(`/findings/counts?region=513400&${moment}`);
      const word = (value: JsonValue, path: string): string => at(value, path) as string;
      const counted = list(counts.body).flatMap((item) =>
        (at(item, 'bySeverity') as JsonValue[]).map(
          (each) =>
            `${word(item, 'rule.id')} ${word(each, 'severity.key')} ${String(at(each, 'count') as number)}`,
        ),
      );
      const listed = new Map<string, number>();
      for (const finding of await find(`&${moment}`)) {
        const key = `${word(finding, 'rule.id')} ${word(finding, 'severity.key')}`;
        listed.set(key, (listed.get(key) ?? 0) + 1);
      }
      const expected = [...listed].map(([key, count]) => `${key} ${String(count)}`);
      expect(counted.toSorted()).toEqual(expected.toSorted());
    });

    it('name the events behind them', async () => {
      const [unsourced] = await find('&rule=M8');
      const id = at(unsourced!, 'project.id') as string;
      const { body } = await client.get(`/projects/${id}/events`);
      const known = new Set(list(body).map((event) => at(event, 'eventId')));
      const behind = at(unsourced!, 'items.0.events') as string[];
      expect(behind.length).toBeGreaterThan(1);
      for (const eventId of behind) expect(known).toContain(eventId);
    });

    it('tell what is late on the day asked', async () => {
      const late = async (day: string) => (await find(`&rule=L2&on=${day}`)).length;
      expect(await late('2023-12-31')).toBe(0);
      expect(await late('2024-01-01')).toBe(9);
      expect(await late('2025-01-01')).toBe(14);
      expect(await late('2026-01-01')).toBe(22);
      const delivery = await find('&ruleCategory=delivery&on=2026-01-01');
      expect(new Set(delivery.map((finding) => at(finding, 'rule.id')))).toEqual(new Set(['L2', 'L6']));
    });

    it('were not known before the list was', async () => {
      expect(await find(`&asKnownAt=${encodeURIComponent('2020-01-01T00:00:00+08:00')}`)).toEqual([]);
    });
  });

  describe('are handled by two people', () => {
    const AUDITOR = {
      'x-taizhang-user': 'auditor',
      'x-taizhang-unit': encodeURIComponent('示例州审计局'),
      'x-taizhang-role': 'Audit',
    };
    const day = { effectiveDate: '2026-06-01' };
    let story: Story;
    let id: string;
    let basis: string;

    const read = async (position: string): Promise<JsonValue> => {
      const { status, body } = await client.get(`/findings/${id}?waitFor=${position}`);
      expect(status).toBe(200);
      expectFits('FindingDetail', body);
      return body;
    };
    const step = (resource: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
      client.post(`/findings/${id}/${resource}`, { ...day, basis, ...body }, headers);
    const told = async (resource: string, body: object, headers?: Record<string, string>) => {
      const answer = await step(resource, body, headers);
      expect(answer).toMatchObject({ status: 201, body: { findingId: id } });
      expectFits('HandlingRecorded', answer.body);
      return read(at(answer.body, 'position') as string);
    };

    beforeAll(async () => {
      story = await Story.begin(client);
      await story.tell('funding-plan', '2024-10-01', { lines: [{ source: 'SelfRaised', amount: wan(300) }] });
      id = `M8-${story.id}`;
      basis = at(await read(story.position), 'basis') as string;
    });

    it('first explained, then put right', async () => {
      const explained = await told('explanations', { explanation: '中央资金正在申请' });
      expect(explained).toMatchObject({ handling: { key: 'explained', label: '已说明' }, reopened: false });
      const rectified = await told('rectifications', { measures: '已申报补助' });
      expect(at(rectified, 'handling.key')).toBe('rectified');
      expect((at(rectified, 'steps') as JsonValue[]).map((one) => at(one, 'kind.key'))).toEqual([
        'explained',
        'rectified',
      ]);
    });

    it.each([
      ['by whoever put it right', {}, 422, 'finding.samePerson'],
      ['by the unit itself', { 'x-taizhang-role': 'ImplementingUnit' }, 403, 'actor.notPermitted'],
      ['from another prefecture', { ...AUDITOR, 'x-taizhang-region': '513400' }, 403, 'actor.outsideRegion'],
    ])('not closed %s', async (_, headers, status, code) => {
      const answer = await step('closures', { note: '已核实' }, headers);
      expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
    });

    it('and closed by a second person, once', async () => {
      const key = { ...AUDITOR, 'idempotency-key': 'close-1' };
      const closed = await told('closures', { note: '已核实' }, key);
      expect(at(closed, 'handling.label')).toBe('已销号');
      const again = await step('closures', { note: '已核实' }, key);
      expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, 'true']);
      const other = await step('closures', { note: '另一说法' }, key);
      expect([other.status, at(other.body, 'code')]).toEqual([422, 'command.reused']);
      const twice = await step('closures', { note: '再次' }, AUDITOR);
      expect([twice.status, at(twice.body, 'code')]).toEqual([422, 'finding.illegalStep']);
      const { body } = await client.get(`/findings?projectId=${story.id}&handling=closed`);
      expect(list(body).map((finding) => at(finding, 'id'))).toEqual([id]);
    });

    it('opened again when the facts change, and no longer by the old ones', async () => {
      await story.tell('funding-plan', '2025-01-01', {
        lines: [{ source: 'SelfRaised', amount: wan(400) }],
        reason: '调整',
      });
      const reopened = await read(story.position);
      expect(reopened).toMatchObject({ handling: { key: 'open' }, reopened: true });
      const stale = await step('explanations', { explanation: '同前' });
      expect([stale.status, at(stale.body, 'code')]).toEqual([409, 'finding.factsChanged']);
      basis = at(reopened, 'basis') as string;
      const waived = await told(
        'waivers',
        { reason: '省级配套另文下达', authority: '示例州财政局' },
        AUDITOR,
      );
      expect(at(waived, 'handling.key')).toBe('waived');
    });

    it('and gone when the facts are right', async () => {
      await story.tell('funding-plan', '2025-02-01', {
        lines: [{ source: 'SelfRaised', amount: wan(500) }],
        reason: '落实',
      });
      expect(await read(story.position)).toMatchObject({
        status: { key: 'pass' },
        severity: null,
        items: [],
      });
      const answer = await step('explanations', { explanation: '已无疑点' });
      expect([answer.status, at(answer.body, 'code')]).toEqual([422, 'finding.notFailing']);
    });

    it('or refused with what was wrong', async () => {
      const unknown = await client.post(
        `/findings/M8-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/closures`,
        {
          ...day,
          basis,
          note: '核实',
        },
      );
      expect([unknown.status, at(unknown.body, 'code')]).toEqual([404, 'finding.unknown']);
      expect((await client.get('/findings/nothing')).status).toBe(404);
      expect((await client.get('/findings?rule=Z9')).status).toBe(400);
      expect((await client.get('/findings?on=2024')).status).toBe(400);
      const short = await client.post(`/findings/${id}/closures`, { ...day, note: '核实' });
      expect([short.status, at(short.body, 'errors.0.pointer')]).toEqual([400, '/basis']);
      const future = await step('explanations', { explanation: '说明', effectiveDate: '2199' });
      expect([future.status, at(future.body, 'code')]).toEqual([422, 'date.future']);
    });
  });
});
