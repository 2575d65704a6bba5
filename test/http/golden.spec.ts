import { readFileSync } from 'node:fs';
import { digestOfBytes } from '#libs/kernel/canonical.js';
import { ACTOR, at, type Answer, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { testServer, type TestServer } from './test-server.js';

const SAMPLE = new URL('../../samples/liangshan-major-projects.xlsx', import.meta.url);
const LIANGSHAN = {
  ...ACTOR,
  'x-taizhang-unit': encodeURIComponent('凉山州发展改革委'),
  'x-taizhang-region': '513400',
};

describe('the published list over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let position: string;
  let importId: string;

  const upload = (
    query: string,
    bytes: Uint8Array<ArrayBuffer> = readFileSync(SAMPLE),
    name = '清单.xlsx',
    columns?: string,
  ): Promise<Answer> => {
    const body = new FormData();
    if (columns !== undefined) body.append('columns', columns);
    body.append('file', new Blob([bytes]), name);
    return client.send(`/api/v1/imports/project-lists${query}`, { method: 'POST', body, headers: LIANGSHAN });
  };
  const get = async (path: string): Promise<JsonValue> => {
    const { status, body } = await client.get(`${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
  });
  afterAll(() => served.close());

  it('is tried without recording anything', async () => {
    const answer = await upload('?dryRun=true');
    expect(answer).toMatchObject({
      status: 200,
      body: { dryRun: true, position: null, outcomes: { recorded: 22, held: 0 } },
    });
    expectFits('ImportReport', answer.body);
    expect(await served.platform.store.lastPosition()).toBeUndefined();
  });

  it('is tried with its columns read otherwise, which is another import', async () => {
    const plain = await upload('?dryRun=true');
    const columns = JSON.stringify([{ sheet: '重大项目清单', column: 'H', meaning: 'SocialCapital' }]);
    const answer = await upload('?dryRun=true', undefined, undefined, columns);
    expect(answer).toMatchObject({ status: 200, body: { totals: { selfRaised: { yuan: '0.00' } } } });
    expectFits('ImportReport', answer.body);
    expect(at(answer.body, 'lists.0.columns.7')).toEqual({
      column: 'H',
      header: '自筹资金',
      samples: ['1750', '770', '1050'],
      meaning: 'SocialCapital',
      byHand: true,
    });
    expect(at(answer.body, 'importId')).not.toBe(at(plain.body, 'importId'));
  });

  it.each([
    ['no JSON', 'F=total', 400, 'request.invalid'],
    ['no columns', '[{"column":"F3","meaning":"total"}]', 400, 'request.invalid'],
    ['an unknown column', '[{"column":"Q","meaning":"total"}]', 422, 'import.columnUnknown'],
    ['an unknown meaning', '[{"column":"G","meaning":"造价"}]', 422, 'import.meaningUnknown'],
    ['two columns of one meaning', '[{"column":"H","meaning":"total"}]', 422, 'import.columnDoubled'],
    ['nothing for a needed one', '[{"column":"G","meaning":"ignored"}]', 422, 'import.columnMissing'],
  ])('is refused with readings that are %s', async (_, columns, status, code) => {
    const answer = await upload('?dryRun=true', undefined, undefined, columns);
    expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
  });

  it('is imported, with its warnings and sums', async () => {
    const answer = await upload('?effectiveDate=2023');
    expect(answer).toMatchObject({
      status: 201,
      body: {
        outcomes: { recorded: 22, revised: 0, unchanged: 0, held: 0 },
        totals: { projects: 22, total: { yuan: '390450000.00' }, selfRaised: { yuan: '388450000.00' } },
      },
    });
    expectFits('ImportReport', answer.body);
    importId = at(answer.body, 'importId') as string;
    position = at(answer.body, 'position') as string;
    expect(answer.headers.get('taizhang-position')).toBe(position);
    expect(answer.headers.get('location')).toBe(`/api/v1/imports/${importId}`);
    const rows = at(answer.body, 'rows') as { sequence: number; warnings: { code: string }[] }[];
    const row19 = rows.find(({ sequence }) => sequence === 19)!;
    expect(row19.warnings.map(({ code }) => code)).toContain('import.unsourced');
  });

  it('records nothing when it comes again', async () => {
    const before = await served.platform.store.lastPosition();
    expect(await upload('?effectiveDate=2023')).toMatchObject({
      status: 200,
      body: { alreadyImported: true, outcomes: { recorded: 0, unchanged: 22 } },
    });
    expect(await served.platform.store.lastPosition()).toBe(before);
  });

  it('keeps the report and the file, byte for byte', async () => {
    const report = await get(`/imports/${importId}`);
    expectFits('RecordedImport', report);
    expect(at(report, 'rows.length')).toBe(22);
    const list = await get('/imports?region=513400');
    expectFits('ImportPage', list);
    expect(list).toMatchObject({ items: [{ importId, outcomes: { recorded: 22 } }], nextCursor: null });
    expect(at(await get('/imports?region=990100'), 'items')).toEqual([]);
    const file = await fetch(`${client.url}/api/v1/imports/${importId}/file`);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('清单.xlsx'));
    expect(digestOfBytes(new Uint8Array(await file.arrayBuffer()))).toBe(digestOfBytes(readFileSync(SAMPLE)));
    expect((await client.get('/imports/6c8f0f0e-7d50-4d4e-8f3c-0d2f4c1f9a11')).status).toBe(404);
  });

  it('has 22 projects, page by page', async () => {
    const all: JsonValue[] = [];
    for (let cursor: JsonValue = ''; cursor !== null;) {
      const page: JsonValue = await get(
        `/projects?region=513400&limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expectFits('ProjectPage', page);
      all.push(...(at(page, 'items') as JsonValue[]));
      cursor = at(page, 'nextCursor') as string | null;
    }
    expect(new Set(all.map((project) => at(project, 'id'))).size).toBe(22);
    expect((at(await get('/projects?q=日间照料&limit=100'), 'items') as JsonValue[]).length).toBeGreaterThan(
      0,
    );
    expect(at(await get('/projects?stage=InUse'), 'items')).toEqual([]);
  });

  it('adds up to 39,045 and 38,845 万元, by year and by category', async () => {
    const ledger = await get('/ledger?region=513400&groupBy=plannedUseYear');
    expectFits('Ledger', ledger);
    expect(at(ledger, 'total')).toMatchObject({
      projects: 22,
      totalInvestment: { fen: '39045000000', yuan: '390450000.00' },
      amounts: { planned: { fen: '38845000000', yuan: '388450000.00' } },
      unsourced: { yuan: '2000000.00' },
    });
    const years = (at(ledger, 'rows') as JsonValue[]).map((row) => [
      at(row, 'plannedUseYear'),
      at(row, 'projects'),
      at(row, 'totalInvestment.yuan'),
      at(row, 'amounts.planned.yuan'),
    ]);
    expect(years).toEqual([
      [2023, 9, '90200000.00', '88200000.00'],
      [2024, 5, '32250000.00', '32250000.00'],
      [2025, 8, '268000000.00', '268000000.00'],
    ]);
    const categories = at(await get('/ledger?region=513400&groupBy=category'), 'rows') as JsonValue[];
    const byCategory: unknown = Object.fromEntries(
      categories.map((row) => [
        at(row, 'category.label'),
        [at(row, 'projects'), at(row, 'totalInvestment.yuan')],
      ]),
    );
    expect(byCategory).toEqual({
      养老: [18, '163450000.00'],
      托育: [1, '3000000.00'],
      医养结合: [3, '224000000.00'],
    });
  });

  it('says the same at a glance', async () => {
    const overview = await get('/overview?region=513400');
    expectFits('Overview', overview);
    expect(at(overview, 'total')).toEqual(at(await get('/ledger?region=513400'), 'total'));
    const years = (at(overview, 'byUseYear') as JsonValue[]).map((row) => [
      at(row, 'year'),
      at(row, 'projects'),
      at(row, 'planned.0.amount.yuan'),
      at(row, 'unsourced.yuan'),
    ]);
    expect(years).toEqual([
      [2023, 9, '88200000.00', '2000000.00'],
      [2024, 5, '32250000.00', '0.00'],
      [2025, 8, '268000000.00', '0.00'],
    ]);
  });

  it('counts a project in three counties once in the prefecture and once in each county', async () => {
    const groups = at(await get('/ledger?region=513400&groupBy=region'), 'rows') as JsonValue[];
    const ofThree = groups.filter((row) => (at(row, 'region.codes') as string[]).length === 3);
    expect(ofThree.map((row) => at(row, 'projects'))).toEqual([1, 1]);
    const sum = groups.reduce((total, row) => total + BigInt(at(row, 'totalInvestment.fen') as string), 0n);
    expect(sum).toBe(39_045_000_000n);
    const [inThree] = ofThree;
    for (const county of at(inThree!, 'region.codes') as string[]) {
      const within = at(await get(`/projects?region=${county}&limit=100`), 'items') as JsonValue[];
      const codes = within.map((project) => (at(project, 'regions.codes') as string[]).join());
      expect(codes.filter((set) => set === (at(inThree!, 'region.codes') as string[]).join())).toHaveLength(
        1,
      );
    }
  });

  it('plans 200 places in 2023 and 350–450 beds in 2025, and counts the unknown as unknown', async () => {
    const counts = await get('/capacity/yearly?region=513400&from=2023&to=2025');
    expectFits('YearlyCounts', counts);
    expect(at(counts, 'total.0.counts.places')).toMatchObject({
      planned: { low: 200, high: 200 },
      commissioned: 0,
      stockAtYearEnd: 0,
    });
    expect(at(counts, 'total.2.counts.beds')).toMatchObject({
      planned: { low: 350, high: 450 },
      commissioned: 0,
    });
    expect(at(counts, 'total.0.counts.beds.planned.unknownProjects')).toBeGreaterThan(0);
  });

  it('names the file as evidence of each event', async () => {
    const id = at(await get('/projects?region=513400&limit=1'), 'items.0.id') as string;
    const events = await get(`/projects/${id}/events`);
    expectFits('TimelinePage', events);
    for (const event of at(events, 'items') as JsonValue[]) {
      expect(at(event, 'evidence.0.fileDigest')).toBe(digestOfBytes(readFileSync(SAMPLE)));
      expect(at(event, 'effectiveDate')).toBe('2023');
    }
  });

  describe('a file that is no list', () => {
    const text = (content: string) => Buffer.from(content) as Uint8Array<ArrayBuffer>;

    it.each([
      ['an empty file', '', 'a.xlsx', 422, 'import.emptyFile'],
      ['not a workbook', 'PK\u0003\u0004 nothing', 'a.xlsx', 422, 'import.notWorkbook'],
      ['a file without a header', 'a,b\n1,2\n', 'a.csv', 422, 'import.headerMissing'],
    ])('%s', async (_, content, name, status, code) => {
      const answer = await upload('', text(content), name);
      expect([answer.status, at(answer.body, 'code')]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    it('a file above 20 MB', async () => {
      const answer = await upload('', new Uint8Array(20 * 1024 * 1024 + 1), 'a.csv');
      expect([answer.status, at(answer.body, 'code')]).toEqual([413, 'request.tooLarge']);
    });

    it('no file at all, two files, or another media type', async () => {
      const send = (body: FormData | string, headers: Record<string, string> = LIANGSHAN) =>
        client.send('/api/v1/imports/project-lists', { method: 'POST', body, headers });
      const two = new FormData();
      two.append('a', new Blob(['x']), 'a.csv');
      two.append('b', new Blob(['y']), 'b.csv');
      expect((await send(new FormData())).status).toBe(400);
      expect((await send(two)).status).toBe(400);
      expect((await send('{}', { ...LIANGSHAN, 'content-type': 'application/json' })).status).toBe(415);
    });

    it('a region outside of the user’s', async () => {
      const answer = await upload('?region=990100');
      expect([answer.status, at(answer.body, 'code')]).toEqual([403, 'actor.outsideRegion']);
    });

    it('an unknown parameter, unit or date', async () => {
      for (const query of ['?dryrun=true', '?dryRun=yes', '?unit=千元', '?effectiveDate=2023-13']) {
        expect((await upload(query)).status).toBe(400);
      }
    });
  });
});
