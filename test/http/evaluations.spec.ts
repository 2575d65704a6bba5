import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { ACTOR, at, type Answer, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

const EVALUATOR = { 'x-taizhang-role': 'Evaluator' };
const YEAR = { region: '990100', year: 2025 };

describe('annual evaluations and circulars over HTTP', () => {
  let served: TestServer;
  let first: Answer;
  let id: string;

  const bytesOf = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(`${served.client.url}/api/v1${path}`)).arrayBuffer());
  const put = (path: string, json: unknown): Promise<Answer> =>
    served.client.send(`/api/v1${path}`, { method: 'PUT', json, headers: { ...ACTOR } });

  beforeAll(async () => {
    served = await testServer();
    await loadPrefecture(served.platform.store, { counties: 2, years: 4, seed: 3, projectsPerCountyYear: 2 });
    first = await served.client.post('/evaluations', YEAR, { ...EVALUATOR, 'Idempotency-Key': 'seal-1' });
    id = at(first.body, 'evaluationId') as string;
  });
  afterAll(() => served.close());

  it('seals, lists, and hands out bytes that have the sealed digest', async () => {
    expect([first.status, at(first.body, 'outcome')]).toEqual([201, 'recorded']);
    const digest = at(first.body, 'sealed.digest');
    const waitFor = at(first.body, 'position') as string;
    const listed = await served.client.get(`/evaluations?region=990100&year=2025&waitFor=${waitFor}`);
    expect(at(listed.body, 'items.0')).toMatchObject({ id, digest, supersededBy: null });
    const text = await bytesOf(`/evaluations/${id}/snapshot`);
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
    expect((await served.client.get(`/evaluations/${id}/year-on-year`)).body).toMatchObject({
      before: null,
      items: [],
    });
    expect((await served.client.get(`/evaluations/99999999-0000-4000-8000-000000000000`)).status).toBe(404);
  });

  it('answers a second click as the first, under the same key and under another', async () => {
    const again = await served.client.post('/evaluations', YEAR, {
      ...EVALUATOR,
      'Idempotency-Key': 'seal-1',
    });
    expect([again.status, again.headers.get('idempotent-replay'), at(again.body, 'evaluationId')]).toEqual([
      201,
      'true',
      id,
    ]);
    const other = await served.client.post('/evaluations', YEAR, EVALUATOR);
    expect([other.status, at(other.body, 'outcome'), at(other.body, 'evaluationId')]).toEqual([
      200,
      'unchanged',
      id,
    ]);
  });

  it.each([
    ['another role', { 'x-taizhang-role': 'ImplementingUnit' }, YEAR, 403, 'actor.notPermitted'],
    ['another region', { ...EVALUATOR, 'x-taizhang-region': '513400' }, YEAR, 403, 'actor.outsideRegion'],
    ['a year that lasts', EVALUATOR, { ...YEAR, year: 2150 }, 422, 'evaluation.yearNotOver'],
  ])('refuses %s', async (_what, headers, body, status, code) => {
    const answer = await served.client.post('/evaluations', body, headers);
    expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
  });

  it('shows a later correction as a difference: which figure, from, to, and by which events', async () => {
    const story = await Story.begin(served.client);
    const scores = [{ item: 'E1', points: '8.5', evidence: [{ documentNumber: '示例发〔2026〕1号' }] }];
    expect((await served.client.post('/evaluations/scores', { ...YEAR, scores }, EVALUATOR)).status).toBe(
      201,
    );
    const refused = await served.client.post('/evaluations', YEAR, EVALUATOR);
    expect([refused.status, at(refused.body, 'code')]).toEqual([422, 'evaluation.alreadySealed']);
    const sealed = await served.client.post('/evaluations', { ...YEAR, reason: '补记一个项目' }, EVALUATOR);
    const waitFor = at(sealed.body, 'position') as string;
    const second = at(sealed.body, 'evaluationId') as string;
    expect(second).not.toBe(id);
    const { body } = await served.client.get(
      `/evaluations/${second}/differences?limit=500&waitFor=${waitFor}`,
    );
    const items = at(body, 'items') as {
      section: string;
      key: string;
      kind: string;
      figures: JsonValue[];
      events: { type: string; typeLabel: string }[];
    }[];
    const project = items.find(({ key }) => key === `project/${story.id}`);
    expect([project?.section, project?.kind]).toEqual(['ledger', 'added']);
    expect(project?.events.map(({ typeLabel }) => typeLabel)).toContain('入库');
    const score = items.find(({ key }) => key === 'item/E1');
    expect(score?.figures).toContainEqual({
      figure: 'points',
      from: null,
      to: '8.50',
      figureLabel: '得分',
      fromText: '—',
      toText: '8.50',
    });
    const money = project?.figures as { figure: string; figureLabel: string; to: string; toText: string }[];
    expect(money.find(({ figure }) => figure === 'totalFen')).toMatchObject({
      figureLabel: '总投资（万元）',
    });
    // Page by page it is the same list.
    const paged: string[] = [];
    for (let cursor: JsonValue | undefined = ''; cursor !== null;) {
      const page = await served.client.get(
        `/evaluations/${second}/differences?limit=7${cursor && `&cursor=${cursor as string}`}`,
      );
      paged.push(...(at(page.body, 'items') as { key: string }[]).map(({ key }) => key));
      cursor = at(page.body, 'nextCursor');
    }
    expect(paged).toEqual(items.map(({ key }) => key));
    const before = await served.client.get(`/evaluations/${id}`);
    expect(at(before.body, 'supersededBy.reason')).toBe('补记一个项目');
    const asSealed = await served.client.get(`/evaluations/${second}/sheet`);
    expectFits('SealedSheet', asSealed.body);
    const scored = (at(asSealed.body, 'items') as JsonValue[]).find((one) => at(one, 'id') === 'E1')!;
    expect(scored).toMatchObject({
      points: '8.50',
      seen: [{ documentNumber: '示例发〔2026〕1号' }],
      share: null,
    });
    const sheet = unzipSync(await bytesOf(`/evaluations/${second}/sheet.xlsx`));
    const cells = strFromU8(sheet['xl/worksheets/sheet1.xml']!);
    expect(cells).toContain('本系统拟定，待主管部门确认');
    expect(cells).toContain('8.50');
  });

  it('gives no differences until the events that explain them are read too', async () => {
    const { client, platform } = served;
    const listed = await client.get('/evaluations?region=990100&year=2025');
    const path = `/evaluations/${at(listed.body, 'items.0.id') as string}`;
    const held = platform.database.createQueryRunner();
    await held.startTransaction();
    // Readers go on, the projection stands still.
    await held.query('lock table project_timeline_g1.timeline_event in share mode');
    const { position } = await Story.begin(client);
    const asked = [path, `${path}/differences`].map((each) => client.get(`${each}?waitFor=${position}`));
    const answers = await Promise.all(asked);
    await held.rollbackTransaction();
    await held.release();
    expect(answers.map(({ status }) => status)).toEqual([200, 503]);
    expect(at(answers[1]!.body, 'detail')).toContain('project-timeline');
    expect((await client.get(`${path}/differences?waitFor=${position}`)).status).toBe(200);
  });

  it('shows the sheet as it is filled in: by whom, on what, what stood before, and as known on a day', async () => {
    const empty = await served.client.get('/evaluations/sheet?region=990101&year=2025');
    expectFits('CapabilitySheet', empty.body);
    expect(empty.body).toMatchObject({ judged: { points: '0.00', weightScored: 0, weightOpen: 30 } });
    const give = (points: string, note: string) =>
      served.client.post(
        '/evaluations/scores',
        { region: '990101', year: 2025, scores: [{ item: 'E1', points, evidence: [{ note }] }] },
        EVALUATOR,
      );
    await give('8.5', '示例一');
    const waitFor = at((await give('9', '示例二')).body, 'position') as string;
    const { body } = await served.client.get(`/evaluations/sheet?region=990101&year=2025&waitFor=${waitFor}`);
    expectFits('CapabilitySheet', body);
    const item = (id: string) => (at(body, 'items') as JsonValue[]).find((one) => at(one, 'id') === id)!;
    expect(body).toMatchObject({
      region: { name: '示例1县' },
      judged: { points: '9.00', weightScored: 10, weightOpen: 20 },
    });
    expect(item('E1')).toMatchObject({
      weight: 10,
      scoring: { kind: 'judged', how: '查阅文件后打分' },
      score: { points: '9', evidence: [{ note: '示例二' }], actor: { role: 'Evaluator' } },
      earlier: [{ points: '8.5' }],
    });
    expect(item('B1')).toMatchObject({ scoring: { kind: 'derived' }, score: null, earlier: [] });
    const then = at(item('E1'), 'earlier.0.recordedAt') as string;
    const before = await served.client.get(`/evaluations/sheet?region=990101&year=2025&asKnownAt=${then}`);
    expect(at(before.body, 'judged.points')).toBe('8.50');
    const past = await served.client.get(
      '/evaluations/sheet?region=990101&year=2025&asEffectiveOn=2024-12-31',
    );
    expect(past.body).toEqual(empty.body);
    const nothing = { region: '990101', year: 2025, scores: [{ item: 'E1', points: '9', evidence: [{}] }] };
    const refused = await served.client.post('/evaluations/scores', nothing, EVALUATOR);
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'evaluation.evidenceMissing', details: { item: 'E1' } },
    });
  });

  it('compares with the year before, where that is sealed', async () => {
    await served.client.post('/evaluations', { ...YEAR, year: 2024 }, EVALUATOR);
    const { body } = await served.client.get(`/evaluations/${id}/year-on-year`);
    const items = at(body, 'items') as {
      section: string;
      key: string;
      figure: string;
      change: string | null;
    }[];
    const stock = items.find(({ key, figure }) => key === 'total/year/beds' && figure === 'stockAtYearEnd');
    expect(stock?.change).toMatch(/^-?\d+$/u);
    expect(items.some(({ section, key }) => section === 'ledger' && key === 'total')).toBe(true);
  });

  it('finds a snapshot that was altered behind its back', async () => {
    await served.platform.database.query(`
      alter table sealed.piece disable trigger append_only;
      update sealed.piece p set bytes = (
        select o.bytes from sealed.piece o join sealed.text ot using (writing)
        where ot.digest <> t.digest and o.no = 0 order by ot.digest limit 1)
      from sealed.text t, read.evaluation e, jsonb_array_elements(e.sealed -> 'sections') s
      where t.writing = p.writing and e.evaluation_id = '${id}' and s ->> 'name' = 'ledger' and t.digest = s ->> 'digest';
      alter table sealed.piece enable trigger append_only`);
    const { status, body } = await served.client.get(`/evaluations/${id}/snapshot`);
    expect([status, at(body, 'code'), at(body, 'details.section')]).toEqual([
      422,
      'evaluation.snapshotAltered',
      'ledger',
    ]);
  });

  it('drafts a circular whose figures cannot be typed over', async () => {
    const path = '/circulars/drafts/990100/2025';
    const { status, body } = await served.client.get(path);
    expect(status).toBe(200);
    expect(at(body, 'figures.projects')).toMatch(/^\d+$/u);
    const save = (text: string, revision = 0) =>
      put(path, {
        revision,
        paragraphs: [
          { kind: 'text', text },
          { kind: 'table', text: 'ranking' },
        ],
      });
    for (const [text, code] of [
      ['在库项目999个', 'circular.typedFigure'],
      ['在库项目{everything}个', 'circular.unknownFigure'],
    ] as const) {
      const answer = await save(text);
      expect([answer.status, at(answer.body, 'code')]).toEqual([422, code]);
    }
    expect(at((await save('全域在库项目{projects}个,请于2026年3月底前核实。')).body, 'revision')).toBe(1);
    const late = await save('全域在库项目{projects}个。');
    expect([late.status, at(late.body, 'code')]).toEqual([409, 'circular.draftChanged']);
  });

  it('issues it once, and writes it as an official document with the chain head on it', async () => {
    const body = { region: '990100', period: '2025', documentNumber: '示例发改〔2026〕5号' };
    const denied = await served.client.post('/circulars', body, EVALUATOR);
    expect([denied.status, at(denied.body, 'code')]).toEqual([403, 'actor.notPermitted']);
    const { body: draft } = await served.client.get('/circulars/drafts/990100/2025');
    const issued = await served.client.post('/circulars', body);
    expect([issued.status, at(issued.body, 'outcome')]).toEqual([201, 'recorded']);
    expect((await served.client.post('/circulars', body)).status).toBe(200);
    const waitFor = at(issued.body, 'position') as string;
    const { body: list } = await served.client.get(`/circulars?region=990100&waitFor=${waitFor}`);
    expect((at(list, 'items') as unknown[]).length).toBe(1);
    const circular = at(list, 'items.0.id') as string;
    expect((await served.client.get(`/circulars/${circular}`)).body).toMatchObject({
      figures: at(draft, 'figures') as object,
    });

    const parts = unzipSync(await bytesOf(`/circulars/${circular}/circular.docx`));
    const text = strFromU8(parts['word/document.xml']!);
    expect(text).toContain(`全域在库项目${at(draft, 'figures.projects') as string}个`);
    for (const said of [
      '示例州2025年度',
      body.documentNumber,
      '示例1县',
      at(issued.body, 'issued.chain.hash'),
    ]) {
      expect(text).toContain(said as string);
    }
    const corrected = await served.client.post('/circulars', {
      ...body,
      documentNumber: '示例发改〔2026〕6号',
    });
    expect(at(corrected.body, 'code')).toBe('circular.alreadyIssued');
  });
});
